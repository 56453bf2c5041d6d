#include "mf/factory/export_signals.hpp"

#include <algorithm>
#include <mutex>

#include "factory/place.hpp"
#include "factory/run_scope.hpp"
#include "factory/signal_files.hpp"
#include "factory/told_runs.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/request_rejection.hpp"
#include "mf/dataset/on_threads.hpp"
#include "mf/error.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

using observability::Account;
using observability::SignalLine;

/// Where everything goes; what is empty is not written.
struct Destinations {
  std::string runs_root, textfile_folder, openlineage;
};

Destinations destinations_of(const Workshop& workshop, const ExportChoices& choices) {
  Destinations to;
  if (const auto& signals = workshop.profile.signals) {
    to.runs_root = beside(workshop.profile_path, signals->runs_root);
    if (signals->textfile_folder) to.textfile_folder = beside(workshop.profile_path, *signals->textfile_folder);
    if (signals->openlineage_file) to.openlineage = beside(workshop.profile_path, *signals->openlineage_file);
  }
  if (!choices.runs_root.empty()) to.runs_root = choices.runs_root;
  if (!choices.textfile_folder.empty()) to.textfile_folder = choices.textfile_folder;
  if (!choices.openlineage.empty()) to.openlineage = choices.openlineage;
  if (!to.runs_root.empty() || !to.textfile_folder.empty() || !to.openlineage.empty()) return to;
  throw Error(
      Code::USAGE, "nothing says where signals are to be written", {},
      "Name a place with --runs-root, --textfile-folder or --openlineage, or give the platform profile `signals`.");
}

/// Requests that were refused before they had a run: by platform run and code. What cannot be read says nothing of
/// whom it belongs to.
using Rejections = std::map<std::string, std::map<std::string, std::int64_t>>;

Rejections rejections_of(const Workshop& workshop) {
  const auto keys = workshop.artifacts->list(store::layout::request_rejections());
  Rejections rejections;
  std::mutex mutex;
  dataset::on_threads(workshop.threads, keys.size(), [&](std::size_t i, std::size_t /*worker*/) {
    try {
      const auto bytes = workshop.artifacts->find(keys[i]);
      if (!bytes) return;
      const auto record = contracts::read_json<contracts::RequestRejection>(*bytes, keys[i]);
      const std::scoped_lock lock(mutex);
      if (record.platform_run_id) ++rejections[*record.platform_run_id][record.code];
    } catch (const Error& error) {
      if (error.row().transient()) throw;
    }
  });
  return rejections;
}

/// What was exported of one platform run.
struct Exported {
  Account account;
  Summary summary;
  std::vector<SignalLine> lineage;
  std::size_t runs = 0, audits = 0, control = 0;
  Losses losses;
};

void append(std::vector<SignalLine>& to, std::vector<SignalLine>& from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

/// In order of time; at the same instant in that of run keys and events.
void sort_by_time(std::vector<SignalLine>& lines) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const SignalLine& one, const SignalLine& other) { return one.at_utc < other.at_utc; });
}

class Export {
 public:
  Export(Workshop& workshop, Destinations to) : workshop_(workshop), to_(std::move(to)) {}

  void read_what_there_is() {
    runs_ = known_runs(workshop_);
    rejections_ = rejections_of(workshop_);
  }

  /// Every platform run that has runs, or only the one that was asked for.
  void write(const std::string& platform_run_id, observability::Figures::Format format) {
    std::vector<std::string> wanted;
    for (const auto& [platform_run, run_keys] : runs_.by_platform_run) wanted.push_back(platform_run);
    if (!platform_run_id.empty()) wanted = {platform_run_id};
    exported_.resize(wanted.size());
    const int hands = static_cast<int>(dataset::worker_count(workshop_.threads, wanted.size()));
    dataset::on_threads(hands, wanted.size(), [&](std::size_t i, std::size_t /*worker*/) {
      exported_[i] = export_one(wanted[i], std::max(1, workshop_.threads / hands));
    });
    for (const auto& one : exported_) losses_.add(one.losses);
    write_for_all(format);
  }

  [[nodiscard]] const Losses& losses() const { return losses_; }
  [[nodiscard]] const std::vector<Exported>& exported() const { return exported_; }
  [[nodiscard]] const KnownRuns& runs() const { return runs_; }
  [[nodiscard]] const Destinations& to() const { return to_; }

 private:
  /// The folder is locked before the logs are read: whoever writes last has read last.
  Exported export_one(const std::string& platform_run_id, int threads) {
    PlatformRunFolder folder(to_.runs_root, platform_run_id);
    folder.open();
    const auto run_keys = runs_.by_platform_run.find(platform_run_id);
    auto told = told_runs(workshop_, platform_run_id,
                          run_keys == runs_.by_platform_run.end() ? std::vector<std::string>() : run_keys->second,
                          !to_.openlineage.empty(), threads);
    Exported one;
    one.runs = told.runs.size();
    one.account.platform_run_id = platform_run_id;
    one.account.unreadable = std::move(told.unreadable);
    if (const auto found = rejections_.find(platform_run_id); found != rejections_.end())
      one.account.rejections = found->second;
    auto lists = lists_of(told, one.account);
    one.audits = lists.audits.size();
    one.control = lists.control.size();
    one.summary = folder.write(one.account, lists);
    one.lineage = std::move(lists.lineage);
    one.losses = folder.losses();
    return one;
  }

  static SignalLists lists_of(ToldRuns& told, Account& account) {
    SignalLists lists;
    for (auto& run : told.runs) {
      account.tally.add(run.signals.tally);
      append(lists.governance, run.signals.governance);
      append(lists.audits, run.signals.audits);
      append(lists.control, run.signals.control);
      if (run.lineage) append(lists.lineage, *run.lineage);
    }
    for (auto* list : {&lists.governance, &lists.audits, &lists.control, &lists.lineage}) sort_by_time(*list);
    return lists;
  }

  void write_for_all(observability::Figures::Format format) {
    if (!to_.textfile_folder.empty()) {
      std::vector<Summary> summaries;
      for (const auto& one : exported_) summaries.push_back(one.summary);
      write_textfile(to_.textfile_folder, to_.runs_root, summaries, format, losses_);
    }
    if (to_.openlineage.empty()) return;
    std::map<std::string, std::vector<SignalLine>> lineage;
    for (auto& one : exported_) lineage[one.account.platform_run_id] = std::move(one.lineage);
    write_lineage(to_.openlineage, lineage, losses_);
  }

  Workshop& workshop_;
  Destinations to_;
  KnownRuns runs_;
  Rejections rejections_;
  std::vector<Exported> exported_;
  Losses losses_;
};

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string in_words(const Losses& losses) {
  return counted(losses.count, "signal", "signals") + " could not be written: " + losses.first;
}

/// It names a folder below the runs root.
void require_sound(const std::string& platform_run_id) {
  constexpr std::string_view kOthers = "_.:@+=-";
  const auto is_allowed = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOthers.find(c) != std::string_view::npos;
  };
  const bool leads_out = platform_run_id == "." || platform_run_id == "..";
  if (!leads_out && std::all_of(platform_run_id.begin(), platform_run_id.end(), is_allowed)) return;
  throw Error(Code::RUN_SCOPE_INVALID, "'" + platform_run_id.substr(0, 64) + "' is no platform run", {},
              "Name one such as platform_20260210T000000Z; `mf runs` lists those that have runs.");
}

/// The platform run that was asked for; else the one that this installation works for, unless that is any.
std::string scope_of(const Workshop& workshop, const std::string& asked_for) {
  const auto& required = workshop.profile.required_platform_run_id;
  if (!asked_for.empty()) require_in_scope(workshop, asked_for);
  return asked_for.empty() && required && *required != contracts::kAnyPlatformRun ? *required : asked_for;
}

/// Every run that could not be read, those without a platform run first.
std::vector<std::string> unreadable_of(const Export& done) {
  std::vector<std::string> lines;
  for (const auto& run : done.runs().without_place) lines.push_back(run.run_key + ": " + run.code);
  for (const auto& one : done.exported())
    for (const auto& run : one.account.unreadable) lines.push_back(run.run_key + ": " + run.code);
  return lines;
}

void tell_places(const Export& done, Result& result) {
  const auto& [runs_root, textfile_folder, openlineage] = done.to();
  if (!runs_root.empty()) result.lines.push_back("signals:  " + runs_root);
  if (!textfile_folder.empty()) result.lines.push_back("textfile: " + textfile_folder + "/mf.prom");
  if (!openlineage.empty()) result.lines.push_back("lineage:  " + openlineage);
}

Result told(const Export& done) {
  std::int64_t runs = 0;
  std::int64_t facts = 0;
  std::int64_t audits = 0;
  std::int64_t control = 0;
  for (const auto& one : done.exported()) {
    runs += static_cast<std::int64_t>(one.runs);
    facts += one.account.governance_events;
    audits += static_cast<std::int64_t>(one.audits);
    control += static_cast<std::int64_t>(one.control);
  }
  const auto unreadable = unreadable_of(done);
  Result result;
  result.outcome = "EXPORTED";
  result.figures = {{"platform_runs", static_cast<std::int64_t>(done.exported().size())},
                    {"runs", runs},
                    {"governance_facts", facts},
                    {"evidence_ref_audits", audits},
                    {"control_facts", control},
                    {"unreadable_runs", unreadable},
                    {"signals_lost", done.losses().count}};
  result.lines.push_back(counted(facts, "fact", "facts") + " of " + counted(runs, "run", "runs") + " in " +
                         counted(static_cast<std::int64_t>(done.exported().size()), "platform run", "platform runs"));
  tell_places(done, result);
  for (const auto& run : unreadable) result.lines.push_back("cannot be read: " + run);
  if (done.losses().count == 0) return result;
  result.outcome = "SIGNALS_LOST";
  result.failure = Error(Code::FILE_UNAVAILABLE, in_words(done.losses()), {},
                         "Bring the place back, then run `mf export` again: everything is made anew from the ledgers.");
  result.exit_status = result.failure->row().exit_status;
  result.lines.push_back(in_words(done.losses()));
  return result;
}

Export exported(Workshop& workshop, const ExportChoices& choices) {
  require_sound(choices.platform_run_id);
  Export done(workshop, destinations_of(workshop, choices));
  done.read_what_there_is();
  done.write(scope_of(workshop, choices.platform_run_id), choices.openmetrics
                                                              ? observability::Figures::Format::openmetrics
                                                              : observability::Figures::Format::prometheus);
  return done;
}

void warn(Workshop& workshop, const std::string& text) noexcept {
  try {
    workshop.journal.warn(text);
  } catch (...) {
    // Nobody can be told; that changes nothing either.
  }
}

}  // namespace

Result export_signals(Workshop& workshop, const ExportChoices& choices) { return told(exported(workshop, choices)); }

void tell_signals(Workshop& workshop, const std::string& platform_run_id) noexcept {
  const auto& signals = workshop.profile.signals;
  if (!signals || !signals->on_every_command) return;
  try {
    ExportChoices choices;
    choices.platform_run_id = platform_run_id;
    const auto done = exported(workshop, choices);
    if (done.losses().count > 0) warn(workshop, in_words(done.losses()));
  } catch (const std::exception& error) {
    warn(workshop, std::string("no signals were written: ") + error.what());
  } catch (...) {
    warn(workshop, "no signals were written");
  }
}

}  // namespace mf::factory
