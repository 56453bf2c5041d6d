#include "factory/examination.hpp"

#include <algorithm>
#include <set>

#include "factory/agreement.hpp"
#include "factory/run_place.hpp"
#include "factory/verified_bundle.hpp"
#include "factory/verified_inputs.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/identity/digest.hpp"

namespace mf::factory {
namespace {

using ledger::RunState;
using store::layout::RunPlace;
namespace layout = store::layout;

constexpr const char* kRestore = "Restore it from a copy; MF never repairs it silently.";

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
  const std::string proofs = layout::continuity_proofs(examined.run) + "/";
  const auto keys = examined.store().list(layout::run_folder(examined.run));
  return static_cast<std::size_t>(std::count_if(keys.begin(), keys.end(), [&](const std::string& key) {
    return !key.starts_with(ledger) && !key.starts_with(proofs) && !known.contains(key);
  }));
}

void check_documents(Examined& examined) {
  const auto records = records_of(examined.events);
  examined.documents = read_documents(examined.verification, examined.store(), records, examined.run.run_key);
  const auto& documents = examined.documents;
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

/// An anchor alone is what a submission leaves that was cut off before its first event.
void require_submitted(const store::ArtifactStore& store, const RunPlace& run) {
  if (store.list(layout::run_folder(run)).empty())
    throw Error(Code::RUN_NOT_FOUND, "run " + run.run_key + " was never recorded", {{"run", run.run_key}});
}

/// Everything, in the order of the corridor. Against a log that is itself damaged nothing can be held.
void examine_all(Examined& examined) {
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

}  // namespace

contracts::RequestIdentity identity_in(const RunState& state) {
  return contracts::identity_of(contracts::read_recorded_request(state.request));
}

Examined examine(Workshop& workshop, RunPlace run, bool inputs) {
  Examined examined{workshop, std::move(run), Verification(workshop.journal)};
  examined.inputs = inputs;
  find_place(examined);
  if (examined.run.platform_run_id.empty()) return examined;
  require_submitted(examined.store(), examined.run);
  examine_all(examined);
  return examined;
}

}  // namespace mf::factory
