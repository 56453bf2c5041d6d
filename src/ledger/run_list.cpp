#include "mf/ledger/run_list.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <mutex>
#include <set>
#include <span>
#include <thread>

#include "ledger/runs_index.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/ledger/submission.hpp"

namespace mf::ledger {
namespace {

using store::ArtifactStore;
using store::Mark;
using store::layout::RunPlace;

constexpr std::size_t kWatched = 2;
constexpr std::size_t kBlock = 64;  ///< runs that one thread looks at before it takes more
constexpr std::size_t kMostThreads = 8;

/// What was found of a run: from the index, or read. Marks are empty where they say nothing.
struct Found {
  IndexedRun run;
  bool was_indexed = false;
};

std::string run_key_of(const std::string& anchor_key) {
  const std::size_t from = anchor_key.rfind('/') + 1;
  const std::string name = anchor_key.substr(from);
  return name.ends_with(".json") ? name.substr(0, name.size() - 5) : name;
}

/// The keys whose marks tell whether a log of so many events is what it was: that of its folder, that no event came or
/// went; that of the last event, that it was not edited where it lies.
std::array<std::string, kWatched> watched(const RunPlace& place, std::int64_t events) {
  return {store::layout::ledger_event(place, events), store::layout::ledger_events(place)};
}

/// The marks of the anchor and of what is watched in one word: empty unless all of them tell something.
std::string joined(const Mark& anchor, std::span<const Mark, kWatched> marks) {
  std::string word = anchor.value_or("");
  for (const Mark& mark : marks) {
    if (word.empty() || !mark || mark->empty()) return {};
    word += "." + *mark;
  }
  return word;
}

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
  summary.changed_at_utc = state.changed_at_utc;
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
    anchors_ = store_.list(store::layout::run_anchors());
    found_.resize(anchors_.size());
    const std::size_t blocks = (anchors_.size() + kBlock - 1) / kBlock;
    const std::size_t hands = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(hands, blocks); ++i) others.emplace_back([this] { work(); });
    work();
    others.clear();
    if (failure_) std::rethrow_exception(failure_);
    return std::move(found_);
  }

 private:
  void work() {
    try {
      for (std::size_t from = next_.fetch_add(kBlock); from < anchors_.size(); from = next_.fetch_add(kBlock))
        look_at(from, std::min(from + kBlock, anchors_.size()));
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      next_ = anchors_.size();
    }
  }

  /// The runs of anchors [from, to): all their marks in one call, then those read whose marks say nothing.
  void look_at(std::size_t from, std::size_t to) {
    std::vector<std::string> keys;
    std::vector<std::optional<IndexedRun>> known;
    for (std::size_t i = from; i < to; ++i) {
      keys.push_back(anchors_[i]);
      known.push_back(index_.find(run_key_of(anchors_[i])));
    }
    for (const auto& run : known) add_watched(run, keys);
    const auto marks = store_.marks(keys);
    std::span rest = std::span(marks).subspan(to - from);
    for (std::size_t i = 0; i < known.size(); ++i)
      found_[from + i] = is_as_it_was(known[i], marks[i], rest) ? Found{std::move(*known[i]), true}
                                                                : read(anchors_[from + i], marks[i]);
  }

  static void add_watched(const std::optional<IndexedRun>& run, std::vector<std::string>& keys) {
    if (!run) return;
    const RunSummary& of = run->summary;
    for (auto& key : watched({of.platform_run_id, of.run_key}, of.events)) keys.push_back(std::move(key));
  }

  /// Takes the marks of what is watched of `run` off the front of `marks`.
  static bool is_as_it_was(const std::optional<IndexedRun>& run, const Mark& anchor, std::span<const Mark>& marks) {
    if (!run) return false;
    const auto watched_now = marks.first<kWatched>();
    marks = marks.subspan(kWatched);
    return run->marks == joined(anchor, watched_now);
  }

  [[nodiscard]] Found read(const std::string& anchor_key, const Mark& anchor) const {
    const std::string run_key = run_key_of(anchor_key);
    std::string platform_run_id;
    try {
      const auto place = find_run(store_, run_key);
      if (!place) throw Error(Code::LEDGER_INVALID, anchor_key + " is no anchor of a run", {{"key", anchor_key}});
      platform_run_id = place->platform_run_id;
      return read_log(*place, anchor);
    } catch (const Error& error) {
      if (error.row().transient()) throw;
      return {{unreadable(run_key, platform_run_id, error), {}}};
    }
  }

  /// Marks are taken before the log is read: what changes meanwhile changes them.
  [[nodiscard]] Found read_log(const RunPlace& place, const Mark& anchor) const {
    const auto keys = store_.list(store::layout::ledger_events(place));
    const auto events = static_cast<std::int64_t>(keys.size());
    const auto watched_keys = watched(place, events);
    const auto marks = store_.marks({watched_keys.begin(), watched_keys.end()});
    const std::string as_it_is = joined(anchor, std::span(marks).first<kWatched>());
    const auto summary = summary_of(place, RunLog(store_, clock_, place).read());
    return {{summary, summary.events == events ? as_it_is : ""}};
  }

  ArtifactStore& store_;
  const Clock& clock_;
  const RunsIndex& index_;
  std::vector<std::string> anchors_;
  std::vector<Found> found_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::exception_ptr failure_;
};

/// Keeps what was found, if the index does not hold just that already.
void keep(const store::LocalCache& cache, const std::vector<Found>& found, std::size_t indexed_before,
          const std::string& place) {
  const auto was_indexed = [](const Found& one) { return one.was_indexed; };
  const bool all_were = std::all_of(found.begin(), found.end(), was_indexed);
  if (all_were && found.size() == indexed_before) return;
  std::vector<IndexedRun> runs;
  for (const auto& one : found)
    if (!one.run.marks.empty()) runs.push_back(one.run);
  cache.write(runs_index_name(place), write_runs_index(runs, place));
}

}  // namespace

std::vector<RunSummary> list_runs(ArtifactStore& store, const Clock& clock, const store::LocalCache* cache) {
  const std::string place = store.place();
  const RunsIndex index(cache == nullptr ? "" : cache->read(runs_index_name(place)).value_or(""), place);
  auto found = Listing(store, clock, index).list();
  if (cache != nullptr) keep(*cache, found, index.size(), place);
  std::vector<RunSummary> runs;
  runs.reserve(found.size());
  for (auto& one : found) runs.push_back(std::move(one.run.summary));
  return runs;
}

std::string runs_index_name(const std::string& place) { return "runs-" + identity::sha256_hex(place).substr(0, 32); }

}  // namespace mf::ledger
