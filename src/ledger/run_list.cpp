#include "mf/ledger/run_list.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "ledger/runs_index.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/ledger/log_marks.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/ledger/submission.hpp"

namespace mf::ledger {
namespace {

using store::ArtifactStore;
using store::Mark;
using store::layout::RunPlace;

constexpr std::size_t kBlock = 64;  ///< runs that one thread looks at before it takes more
constexpr std::size_t kMostThreads = 8;

/// What was found of a run: from the index, or read. Marks are empty where they say nothing.
struct Found {
  IndexedRun run;
  bool was_indexed = false;

  [[nodiscard]] bool can_be_indexed() const { return !run.anchor.empty() && !run.log.empty(); }
};

std::vector<std::string> each_once(const std::vector<std::string>& words) {
  std::vector<std::string> kept;
  std::set<std::string> seen;
  for (const auto& word : words)
    if (seen.insert(word).second) kept.push_back(word);
  return kept;
}

RunSummary summary_of(const RunPlace& place, const RunState& state) {
  RunSummary summary;
  summary.run_key = place.run_key;
  summary.platform_run_id = place.platform_run_id;
  summary.state = name_of(state.state);
  summary.since_utc = state.since_utc;
  if (!state.request.empty()) summary.intent_kind = contracts::read_recorded_request(state.request).intent_kind;
  summary.request_ids = each_once(state.request_ids);
  if (state.failure) {
    summary.failure_stage = state.failure->stage;
    summary.failure_code = state.failure->code;
  }
  summary.events = state.sequence;
  return summary;
}

RunSummary unreadable(const std::string& run_key, const std::string& platform_run_id, const Error& error) {
  RunSummary summary;
  summary.run_key = run_key;
  summary.platform_run_id = platform_run_id;
  summary.state = kUnreadable;
  summary.failure_code = error.row().name;
  summary.fault = error.message();
  return summary;
}

/// One listing of the runs of a store.
class Listing {
 public:
  Listing(ArtifactStore& store, const Clock& clock, const RunsIndex& index)
      : store_(store), clock_(clock), index_(index) {}

  std::vector<Found> list() {
    find_anchors();
    found_.resize(run_keys_.size());
    const std::size_t blocks = (run_keys_.size() + kBlock - 1) / kBlock;
    const std::size_t hands = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(hands, blocks); ++i) others.emplace_back([this] { work(); });
    work();
    others.clear();
    if (failure_) std::rethrow_exception(failure_);
    return std::move(found_);
  }

  /// The mark of the folder of anchors, taken before it was listed.
  [[nodiscard]] const std::string& anchors() const { return anchors_; }

 private:
  void find_anchors() {
    const Mark folder = store_.marks({store::layout::run_anchors()}).front();
    anchors_ = folder.value_or("");
    anchors_are_as_they_were_ = !anchors_.empty() && anchors_ == index_.anchors();
    if (anchors_are_as_they_were_) {
      run_keys_ = index_.run_keys();
    } else {
      run_keys_ = anchored_runs(store_);
    }
  }

  void work() {
    try {
      for (std::size_t from = next_.fetch_add(kBlock); from < run_keys_.size(); from = next_.fetch_add(kBlock))
        look_at(from, std::min(from + kBlock, run_keys_.size()));
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      next_ = run_keys_.size();
    }
  }

  /// The runs [from, to): all their marks together, then those read whose marks say nothing.
  void look_at(std::size_t from, std::size_t to) {
    std::vector<std::optional<IndexedRun>> known;
    for (std::size_t i = from; i < to; ++i) known.push_back(index_.find(run_keys_[i]));
    forget_those_with_other_anchors(known, from);
    const auto marks = log_marks(store_, logs_of(known));
    auto mark = marks.begin();
    for (std::size_t i = 0; i < known.size(); ++i) {
      const bool same = known[i] && known[i]->log == *mark++;
      found_[from + i] = same ? Found{std::move(*known[i]), true} : read(run_keys_[from + i]);
    }
  }

  void forget_those_with_other_anchors(std::vector<std::optional<IndexedRun>>& known, std::size_t from) const {
    if (anchors_are_as_they_were_) return;
    const auto first = run_keys_.begin() + static_cast<std::ptrdiff_t>(from);
    const auto marks = anchor_marks(store_, {first, first + static_cast<std::ptrdiff_t>(known.size())});
    for (std::size_t i = 0; i < known.size(); ++i)
      if (known[i] && known[i]->anchor != marks[i]) known[i].reset();
  }

  static std::vector<LogThen> logs_of(const std::vector<std::optional<IndexedRun>>& known) {
    std::vector<LogThen> logs;
    for (const auto& run : known)
      if (run) logs.push_back({{run->summary.platform_run_id, run->summary.run_key}, run->summary.events});
    return logs;
  }

  /// Marks are taken before what they are of is read: what changes meanwhile changes them.
  [[nodiscard]] Found read(const std::string& run_key) const {
    const std::string anchor_key = store::layout::run_anchor(run_key);
    const std::string anchor = anchor_marks(store_, {run_key}).front();
    std::string platform_run_id;
    try {
      const auto place = find_run(store_, run_key);
      if (!place) throw Error(Code::LEDGER_INVALID, anchor_key + " is no anchor of a run", {{"key", anchor_key}});
      platform_run_id = place->platform_run_id;
      return read_log(*place, anchor);
    } catch (const Error& error) {
      if (error.row().transient()) throw;
      return {{unreadable(run_key, platform_run_id, error), {}, {}}};
    }
  }

  [[nodiscard]] Found read_log(const RunPlace& place, const std::string& anchor) const {
    const LogThen then = log_now(store_, place);
    const auto log = log_marks(store_, {then}).front();
    const auto summary = summary_of(place, RunLog(store_, clock_, place).read());
    return {{summary, anchor, summary.events == then.events ? log : ""}};
  }

  ArtifactStore& store_;
  const Clock& clock_;
  const RunsIndex& index_;
  std::string anchors_;
  bool anchors_are_as_they_were_ = false;
  std::vector<std::string> run_keys_;
  std::vector<Found> found_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::exception_ptr failure_;
};

/// The index of what was found; nothing when `before` says all of that already.
std::optional<std::string> index_of(const std::vector<Found>& found, const std::string& anchors,
                                    const RunsIndex& before, const std::string& place) {
  const auto was_indexed = [](const Found& one) { return one.was_indexed; };
  const bool all_were = std::all_of(found.begin(), found.end(), was_indexed) && found.size() == before.size();
  if (all_were && anchors == before.anchors()) return {};
  std::vector<IndexedRun> runs;
  for (const auto& one : found)
    if (one.can_be_indexed()) runs.push_back(one.run);
  return write_runs_index(runs, runs.size() == found.size() ? anchors : "", place);
}

}  // namespace

std::vector<RunSummary> list_runs(ArtifactStore& store, const Clock& clock, const store::LocalCache* cache) {
  const std::string place = store.place();
  const RunsIndex index(cache == nullptr ? "" : cache->read(runs_index_name(place)).value_or(""), place);
  Listing listing(store, clock, index);
  auto found = listing.list();
  if (cache != nullptr) {
    const auto bytes = index_of(found, listing.anchors(), index, place);
    if (bytes) cache->write(runs_index_name(place), *bytes);
  }
  std::vector<RunSummary> runs;
  runs.reserve(found.size());
  for (auto& one : found) runs.push_back(std::move(one.run.summary));
  return runs;
}

std::string runs_index_name(const std::string& place) { return "runs-" + identity::sha256_hex(place).substr(0, 32); }

}  // namespace mf::ledger
