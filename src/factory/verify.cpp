#include <algorithm>
#include <set>

#include "factory/agreement.hpp"
#include "factory/run_place.hpp"
#include "factory/verified_bundle.hpp"
#include "factory/verified_inputs.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/factory/stories.hpp"
#include "mf/identity/digest.hpp"

namespace mf::factory {
namespace {

using ledger::RunState;
using store::layout::RunPlace;
namespace layout = store::layout;

constexpr const char* kRestore = "Restore it from a copy; MF never repairs it silently.";

/// A run under verification: what was read of its log, and what was found so far.
struct Examined {
  Workshop& workshop;
  RunPlace run;
  Verification verification;
  RunState state{};
  std::vector<contracts::LedgerEvent> events{};
  std::size_t unrecorded = 0;  ///< files of attempts that ended before they were recorded
  bool inputs = false;

  [[nodiscard]] store::ArtifactStore& store() const { return *workshop.artifacts; }
  [[nodiscard]] Desk desk() const { return {workshop, run}; }
};

/// A document that follows from others to the last byte.
std::uint64_t require_bytes(const store::ArtifactStore& store, const std::string& key, const std::string& expected) {
  const auto standing = store.find(key);
  if (!standing) throw Error(Code::LEDGER_INVALID, key + " is not there", {{"ref", key}}, kRestore);
  if (*standing != expected)
    throw Error(
        Code::LEDGER_INVALID, key + " is not as it was written",
        {{"ref", key}, {"expected", identity::sha256_hex(expected)}, {"observed", identity::sha256_hex(*standing)}},
        kRestore);
  return expected.size();
}

contracts::RequestIdentity identity_in(const RunState& state) {
  return contracts::identity_of(contracts::read_recorded_request(state.request));
}

/// The chain holds the log together; its first event must be about this run, and not only say so.
std::uint64_t read_log(Examined& examined) {
  ledger::RunLog log(examined.store(), examined.workshop.clock, examined.run);
  const auto events = log.events();
  const std::string first = layout::ledger_event(examined.run, 1);
  if (events.empty())
    throw Error(Code::LEDGER_INVALID, first + " is not there, and other documents of the run are", {{"ref", first}});
  // One reading of the log for state and events alike: another process may be appending.
  RunState state;
  std::uint64_t bytes = 0;
  for (const auto& event : events) {
    const std::string written = contracts::write(event);
    state = ledger::advance(std::move(state), event, identity::sha256_hex(written));
    bytes += written.size();
  }
  if (identity_in(state).run_id != examined.run.run_key)
    throw Error(Code::LEDGER_INVALID, first + " holds the request of another run", {{"ref", first}});
  examined.events = events;
  examined.state = std::move(state);
  return bytes;
}

/// An anchor alone is what a submission leaves that was cut off before its first event.
void require_submitted(const store::ArtifactStore& store, const RunPlace& run) {
  if (store.list(layout::run_folder(run)).empty())
    throw Error(Code::RUN_NOT_FOUND, "run " + run.run_key + " was never recorded", {{"run", run.run_key}});
}

/// What a seal says is held against the log whenever the log is read.
void check_seal(Examined& examined) {
  if (!examined.state.is_over()) return;
  const std::string key = layout::ledger_seal(examined.run);
  examined.verification.check_file("seal of the log", key, [&] {
    if (const auto size = examined.store().size_of(key)) return *size;
    throw Error(Code::LEDGER_INVALID, key + " is not there, and the run has ended", {{"ref", key}},
                "If the process was ended right after its last event, `mf gate --run " + examined.run.run_key +
                    "` seals the log now; else restore the seal from a copy.");
  });
}

void check_anchor(Examined& examined) {
  contracts::RunAnchor anchor;
  anchor.run_key = examined.run.run_key;
  anchor.train_run_key = identity_in(examined.state).train_run_key;
  anchor.platform_run_id = examined.run.platform_run_id;
  const std::string key = layout::run_anchor(examined.run.run_key);
  examined.verification.check_file("run anchor", key,
                                   [&] { return require_bytes(examined.store(), key, contracts::write(anchor)); });
}

void check_aliases(Examined& examined) {
  const std::set<std::string> ids(examined.state.request_ids.begin(), examined.state.request_ids.end());
  for (const auto& id : ids) {
    contracts::RequestAlias alias;
    alias.request_id = id;
    alias.run_key = examined.run.run_key;
    alias.platform_run_id = examined.run.platform_run_id;
    const std::string key = layout::request_alias(id);
    examined.verification.check_file("request alias", key,
                                     [&] { return require_bytes(examined.store(), key, contracts::write(alias)); });
  }
}

/// What lies beside the log and is spoken of nowhere proves nothing and belies nothing; it is only counted.
std::size_t count_unrecorded(const Examined& examined, const std::vector<NamedRecord>& records,
                             const RunDocuments& documents) {
  std::set<std::string> known;
  for (const auto& named : records) known.insert(named.record.ref);
  if (documents.manifest)
    for (const auto& member : documents.manifest->document.members)
      known.insert(layout::bundle_member(examined.run, member.path));
  const std::string ledger = layout::run_folder(examined.run) + "/ledger/";
  const auto keys = examined.store().list(layout::run_folder(examined.run));
  return static_cast<std::size_t>(std::count_if(keys.begin(), keys.end(), [&](const std::string& key) {
    return !key.starts_with(ledger) && !known.contains(key);
  }));
}

void check_documents(Examined& examined) {
  const auto records = records_of(examined.events);
  const auto documents = read_documents(examined.verification, examined.store(), records, examined.run.run_key);
  check_agreement(examined.verification, documents, examined.state, examined.run);
  if (documents.manifest) {
    const auto& manifest = documents.manifest->document;
    check_own_bundle(examined.verification, examined.desk(), manifest);
    if (examined.state.state == ledger::State::published)
      check_registry(examined.verification, examined.desk(), examined.state, manifest, examined.events);
  }
  if (examined.inputs && documents.plan)
    check_inputs(examined.verification, examined.store(), documents.plan->document,
                 [&] { return open_registry(examined.workshop); });
  examined.unrecorded = count_unrecorded(examined, records, documents);
}

/// Everything, in the order of the corridor. Against a log that is itself damaged nothing can be held.
void examine(Examined& examined) {
  const std::string log = layout::ledger_events(examined.run);
  examined.verification.check("event log", log, [&] {
    const std::uint64_t bytes = read_log(examined);
    examined.workshop.journal.detail(
        "as recorded: event log",
        {{"ref", log}, {"events", std::to_string(examined.events.size())}, {"bytes", std::to_string(bytes)}});
  });
  if (examined.state.sequence == 0) return;
  check_seal(examined);
  check_anchor(examined);
  check_aliases(examined);
  check_documents(examined);
}

std::string context_of(const Error& error, const char* name) {
  const auto found = error.context().find(name);
  return found == error.context().end() ? std::string() : found->second;
}

std::string in_words(const Difference& difference) {
  std::string words = difference.check + ": " + difference.error.message();
  const std::string expected = context_of(difference.error, "expected");
  const std::string observed = context_of(difference.error, "observed");
  if (!expected.empty()) words += "; expected " + expected;
  if (!observed.empty()) words += "; found " + observed;
  return words;
}

void tell_figures(const Examined& examined, Result& result) {
  const auto& verification = examined.verification;
  std::vector<std::string> differences;
  for (const auto& difference : verification.differences()) differences.push_back(in_words(difference));
  result.figures = {{"state", std::string(name_of(examined.state.state))},
                    {"events", static_cast<std::int64_t>(examined.events.size())},
                    {"checks", verification.checks()},
                    {"files", verification.files()},
                    {"bytes", verification.bytes()},
                    {"inputs", examined.inputs},
                    {"unrecorded", static_cast<std::int64_t>(examined.unrecorded)},
                    {"differences", differences}};
}

void tell_extent(const Examined& examined, Result& result) {
  const auto& verification = examined.verification;
  const auto& state = examined.state;
  result.lines.push_back(std::to_string(verification.files()) + " files of " + std::to_string(verification.bytes()) +
                         " bytes and " + std::to_string(examined.events.size()) + " events are as recorded");
  result.lines.push_back("the run is " + std::string(name_of(state.state)) + " since " + state.since_utc +
                         (state.is_over() ? "" : ": what there is so far was verified"));
  if (examined.unrecorded > 0)
    result.lines.push_back(std::to_string(examined.unrecorded) +
                           " files of the run's folder were never recorded, and count for nothing");
  if (!examined.inputs) result.lines.emplace_back("inputs were not read; --inputs verifies them too");
}

/// The first difference as the failure, the others below it.
void tell_differences(const Verification& verification, Result& result) {
  const auto& differences = verification.differences();
  result.failure = differences.front().error;
  result.exit_status = 1;
  result.lines.push_back("first difference: " + in_words(differences.front()));
  for (std::size_t i = 1; i < differences.size(); ++i)
    result.lines.push_back("also different: " + in_words(differences[i]));
  if (verification.unread()) result.lines.push_back("could not be read: " + verification.unread()->message());
}

Result told(const Examined& examined) {
  const auto& verification = examined.verification;
  if (verification.differences().empty() && verification.unread()) throw Error(*verification.unread());
  Result result;
  result.outcome = verification.differences().empty() ? "VERIFIED" : "DIFFERENT";
  result.run = examined.run.run_key;
  if (!verification.differences().empty()) tell_differences(verification, result);
  tell_figures(examined, result);
  if (examined.state.sequence == 0) return result;
  result.identity = identity_in(examined.state);
  tell_extent(examined, result);
  return result;
}

/// The place of a run whose anchor may be damaged; that is a difference when nothing else leads there.
void find_place(Examined& examined) {
  if (!examined.run.platform_run_id.empty()) return;
  try {
    examined.run = locate_run(examined.store(), examined.run.run_key);
  } catch (const Error& error) {
    if (error.code() == Code::RUN_NOT_FOUND) throw;
    examined.verification.check("run anchor", layout::run_anchor(examined.run.run_key), [&] { throw Error(error); });
  }
}

/// The result of one run among all, as a line.
void add_run(Result& all, const Result& one) {
  all.figures.emplace_back(one.run, one.outcome);
  all.lines.push_back(one.run + "  " + one.outcome + (one.lines.empty() ? "" : "  " + one.lines.front()));
  if (one.exit_status == 0) return;
  all.outcome = "DIFFERENT";
  all.exit_status = one.exit_status;
  if (!all.failure) all.failure = one.failure;
}

}  // namespace

Result verify(Workshop& workshop, RunPlace run, bool inputs) {
  Examined examined{workshop, std::move(run), Verification(workshop.journal)};
  examined.inputs = inputs;
  find_place(examined);
  if (examined.run.platform_run_id.empty()) return told(examined);
  require_submitted(examined.store(), examined.run);
  examine(examined);
  return told(examined);
}

Result verify_all(Workshop& workshop, bool inputs) {
  Result all;
  all.outcome = "VERIFIED";
  std::optional<Error> unread;
  for (const auto& key : workshop.artifacts->list(layout::run_anchors())) {
    const std::string file = key.substr(key.rfind('/') + 1);
    try {
      add_run(all, verify(workshop, {"", file.substr(0, file.rfind('.'))}, inputs));
    } catch (const Error& error) {
      if (error.code() == Code::RUN_NOT_FOUND) continue;
      if (!unread) unread = error;
    }
  }
  if (!all.failure && unread) throw Error(*unread);
  if (unread) all.lines.push_back("could not be read: " + unread->message());
  if (all.figures.empty()) all.lines.emplace_back("this store holds no runs yet");
  return all;
}

}  // namespace mf::factory
