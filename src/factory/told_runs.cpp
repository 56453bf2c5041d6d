#include "factory/told_runs.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "mf/dataset/on_threads.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/ledger/index_text.hpp"
#include "mf/ledger/log_marks.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/ledger/submission.hpp"
#include "mf/observability/openlineage.hpp"

namespace mf::factory {
namespace {

using observability::UnreadableRun;
using store::layout::RunPlace;

constexpr std::size_t kBlock = 64;  ///< runs that one thread looks at before it takes more
constexpr std::string_view kAnchorsFormat = "mf.anchors_index.v1 ";

std::string cache_name(const Workshop& workshop, const std::string& subject) {
  return "signals-" + identity::sha256_hex(workshop.artifacts->place() + "\n" + subject).substr(0, 32);
}

/// The platform runs of runs, and the marks of the anchors that said so.
class KeptAnchors {
 public:
  explicit KeptAnchors(const Workshop& workshop) : workshop_(workshop), name_(cache_name(workshop, "")) {
    if (workshop.cache) bytes_ = workshop.cache->read(name_).value_or("");
    std::string_view rest = ledger::index_body(kAnchorsFormat, bytes_).value_or("");
    while (auto line = ledger::take(rest, '\n')) {
      const auto run_key = ledger::take(*line, '\t');
      const auto mark = ledger::take(*line, '\t');
      if (run_key && mark) kept_[*run_key] = {*mark, *line};
    }
  }

  [[nodiscard]] std::string platform_run_of(const std::string& run_key, const std::string& mark) const {
    const auto found = kept_.find(run_key);
    const bool holds = found != kept_.end() && !mark.empty() && found->second.mark == mark;
    return holds ? std::string(found->second.platform_run_id) : std::string();
  }

  void keep(const std::string& run_key, const std::string& mark, const std::string& platform_run_id) {
    if (!mark.empty()) body_ += run_key + "\t" + mark + "\t" + platform_run_id + "\n";
  }

  ~KeptAnchors() {
    const std::string bytes = ledger::index_text(kAnchorsFormat, body_);
    if (workshop_.cache && bytes != bytes_) workshop_.cache->write(name_, bytes);
  }
  KeptAnchors(const KeptAnchors&) = delete;
  KeptAnchors& operator=(const KeptAnchors&) = delete;

 private:
  struct Kept {
    std::string_view mark, platform_run_id;
  };

  const Workshop& workshop_;
  std::string name_, bytes_, body_;
  std::unordered_map<std::string_view, Kept> kept_;
};

/// The logs of the runs of one platform run.
class Reading {
 public:
  Reading(Workshop& workshop, const std::string& platform_run_id, const std::vector<std::string>& run_keys,
          bool with_lineage)
      : workshop_(workshop),
        platform_run_id_(platform_run_id),
        run_keys_(run_keys),
        with_lineage_(with_lineage),
        space_(observability::dataset_space(workshop.artifacts->place())),
        name_(cache_name(workshop, platform_run_id)),
        index_(workshop.cache ? workshop.cache->read(name_).value_or("") : "", platform_run_id),
        found_(run_keys.size()) {}

  ToldRuns read(int threads) {
    const std::size_t blocks = (run_keys_.size() + kBlock - 1) / kBlock;
    dataset::on_threads(threads, blocks, [this](std::size_t block, std::size_t /*worker*/) {
      look_at(block * kBlock, std::min((block + 1) * kBlock, run_keys_.size()));
    });
    keep();
    ToldRuns told;
    for (auto& found : found_) {
      if (found.run)
        told.runs.push_back(std::move(*found.run));
      else
        told.unreadable.push_back(std::move(found.unreadable));
    }
    return told;
  }

 private:
  struct Found {
    std::optional<ToldRun> run;
    UnreadableRun unreadable;
    bool was_kept = false;
  };

  void look_at(std::size_t from, std::size_t to) {
    std::vector<ledger::LogThen> logs;
    std::vector<std::optional<ToldRun>> kept;
    for (std::size_t i = from; i < to; ++i) {
      const auto& known = kept.emplace_back(index_.look_up(run_keys_[i]));
      logs.push_back({{platform_run_id_, run_keys_[i]}, known ? known->events : 1});
    }
    const auto marks = ledger::log_marks(*workshop_.artifacts, logs);
    for (std::size_t i = from; i < to; ++i) {
      const auto& known = kept[i - from];
      if (known && !marks[i - from].empty() && known->mark == marks[i - from]) recall(i);
      if (!found_[i].run) found_[i] = read_log(run_keys_[i]);
    }
  }

  void recall(std::size_t i) {
    auto run = index_.read(run_keys_[i]);
    if (run && (run->lineage || !with_lineage_)) found_[i] = {std::move(run), {}, true};
  }

  /// Marks are taken before what they are of is read: what changes meanwhile changes them.
  [[nodiscard]] Found read_log(const std::string& run_key) const {
    const RunPlace place{platform_run_id_, run_key};
    try {
      const auto then = ledger::log_now(*workshop_.artifacts, place);
      const auto mark = ledger::log_marks(*workshop_.artifacts, {then}).front();
      const auto events = ledger::RunLog(*workshop_.artifacts, workshop_.clock, place).events();
      const auto count = static_cast<std::int64_t>(events.size());
      ToldRun run{run_key, count, count == then.events ? mark : "", {}, {}};
      run.signals = observability::signals_of(platform_run_id_, events);
      if (with_lineage_) run.lineage = observability::lineage_of(platform_run_id_, events, space_);
      return {std::move(run), {}, false};
    } catch (const Error& error) {
      if (error.row().transient()) throw;
      return {{}, {run_key, std::string(error.row().name)}, false};
    }
  }

  void keep() const {
    if (!workshop_.cache) return;
    const bool same = std::all_of(found_.begin(), found_.end(), [](const Found& one) { return one.was_kept; });
    if (same && found_.size() == index_.size()) return;
    std::vector<const ToldRun*> runs;
    for (const auto& found : found_)
      if (found.run) runs.push_back(&*found.run);
    workshop_.cache->write(name_, write_signals_index(runs, platform_run_id_));
  }

  Workshop& workshop_;
  const std::string& platform_run_id_;
  const std::vector<std::string>& run_keys_;
  bool with_lineage_;
  observability::DatasetSpace space_;
  std::string name_;
  SignalsIndex index_;
  std::vector<Found> found_;
};

}  // namespace

KnownRuns known_runs(Workshop& workshop) {
  const auto run_keys = ledger::anchored_runs(*workshop.artifacts);
  const auto marks = ledger::anchor_marks(*workshop.artifacts, run_keys);
  KeptAnchors anchors(workshop);
  std::vector<std::string> places(run_keys.size());
  std::vector<std::string> faults(run_keys.size());
  dataset::on_threads(workshop.threads, run_keys.size(), [&](std::size_t i, std::size_t /*worker*/) {
    places[i] = anchors.platform_run_of(run_keys[i], marks[i]);
    if (!places[i].empty()) return;
    try {
      const auto place = ledger::find_run(*workshop.artifacts, run_keys[i]);
      if (place)
        places[i] = place->platform_run_id;
      else
        faults[i] = row_of(Code::LEDGER_INVALID).name;
    } catch (const Error& error) {
      if (error.row().transient()) throw;
      faults[i] = error.row().name;
    }
  });
  KnownRuns known;
  for (std::size_t i = 0; i < run_keys.size(); ++i) {
    if (places[i].empty()) {
      known.without_place.push_back({run_keys[i], faults[i]});
      continue;
    }
    anchors.keep(run_keys[i], marks[i], places[i]);
    known.by_platform_run[places[i]].push_back(run_keys[i]);
  }
  return known;
}

ToldRuns told_runs(Workshop& workshop, const std::string& platform_run_id, const std::vector<std::string>& run_keys,
                   bool with_lineage, int threads) {
  return Reading(workshop, platform_run_id, run_keys, with_lineage).read(threads);
}

}  // namespace mf::factory
