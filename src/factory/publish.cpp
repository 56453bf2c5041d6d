#include <algorithm>

#include "factory/budgets.hpp"
#include "factory/evidence.hpp"
#include "factory/intent.hpp"
#include "factory/packing.hpp"
#include "factory/pending.hpp"
#include "factory/published_copy.hpp"
#include "factory/records.hpp"
#include "factory/run_scope.hpp"
#include "factory/stage_store.hpp"
#include "mf/factory/stories.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/publication/registry.hpp"

namespace mf::factory {
namespace {

using contracts::PublishHandshakeReceipt;
using publication::Bundle;
using publication::Publication;

contracts::RegistryLifecycleEvent event_of(const Stage& stage, const ledger::RunState& state, const Bundle& bundle) {
  const auto& manifest = bundle.manifest;
  const std::string& run = stage.run.run_key;
  contracts::RegistryLifecycleEvent event;
  event.registry_event_id = identity::registry_event_id(manifest.bundle_id, manifest.bundle_version);
  event.scope_key = manifest.target_scope;
  event.bundle_ref = {manifest.bundle_id, manifest.bundle_version,
                      store::layout::registry::bundle_member(manifest.bundle_id, manifest.bundle_version,
                                                             store::layout::kBundlePublicationFile)};
  event.actor = stage.workshop.profile.actor;
  event.ts_utc = stage.now();
  event.evidence_refs = {{"mf_gate_receipt", require_recorded(state, kGateReceipt, run).ref},
                         {"mf_eval_report", require_recorded(state, kEvalReport, run).ref},
                         {"mf_publish_eligibility", require_recorded(state, kPublishEligibility, run).ref}};
  return event;
}

Publication submit(const Stage& stage, const ledger::RunState& state, const Bundle& bundle) {
  const auto registry_store = open_registry(stage.workshop);
  StageStore claimed(*registry_store, stage.claim, stage.workshop.stop);
  auto registry = publication::open_object_store_registry(claimed);
  return registry->publish(bundle, event_of(stage, state, bundle));
}

std::string status_of(const Publication& publication) {
  return publication.outcome == Publication::Outcome::published ? "PUBLISHED" : "ALREADY_PUBLISHED";
}

PublishHandshakeReceipt handshake_of(const Stage& stage, const Evidence& evidence, const Bundle& bundle,
                                     const Publication& publication) {
  PublishHandshakeReceipt receipt;
  receipt.run_key = stage.run.run_key;
  receipt.request_id = evidence.plan.request_id;
  receipt.platform_run_id = stage.run.platform_run_id;
  receipt.published_at_utc = stage.now();
  receipt.publication_status = status_of(publication);
  receipt.bundle_id = bundle.manifest.bundle_id;
  receipt.bundle_version = bundle.manifest.bundle_version;
  receipt.bundle_publication_ref = store::layout::bundle_member(stage.run, store::layout::kBundlePublicationFile);
  receipt.registry_bundle_ref = publication.bundle_ref;
  receipt.registry_lifecycle_event_ref = publication.event_ref;
  receipt.run_config_digest = stage.workshop.run_config_digest;
  return receipt;
}

Result told(const Desk& desk, const ledger::RunState& state, const PublishHandshakeReceipt& receipt,
            const std::string& outcome) {
  auto result = result_of(state, desk.run, outcome);
  result.refs = {{"bundle_publication_ref", receipt.bundle_publication_ref},
                 {"registry_bundle_ref", receipt.registry_bundle_ref},
                 {"registry_lifecycle_event_ref", receipt.registry_lifecycle_event_ref},
                 {"publish_handshake_receipt_ref", store::layout::publish_handshake_receipt(desk.run)},
                 {"eval_report_ref", require_recorded(state, kEvalReport, desk.run.run_key).ref}};
  result.figures = {{"bundle_id", receipt.bundle_id}, {"bundle_version", receipt.bundle_version}};
  result.lines = {"bundle " + receipt.bundle_id + " version " + receipt.bundle_version};
  result.lines.push_back("bundle:  " + desk.workshop.registry_root + "/" +
                         receipt.registry_bundle_ref.substr(0, receipt.registry_bundle_ref.rfind('/')));
  result.lines.push_back("report:  " + desk.store().describe() + "/" + result.refs.at("eval_report_ref"));
  return result;
}

/// A failure to publish that the registry's side has to mend: kept as a receipt, and as the state of the run.
Result pending(const Stage& stage, const Bundle& bundle, const Error& error) {
  const auto state = stage.claim.read();
  contracts::PublishFailureReceipt receipt;
  receipt.run_key = stage.run.run_key;
  receipt.platform_run_id = stage.run.platform_run_id;
  receipt.attempt = state.attempts.at("PUBLISH");
  receipt.failed_at_utc = stage.now();
  receipt.code = error.row().name;
  receipt.failure_class = error.row().klass;
  receipt.message = error.message();
  receipt.bundle_id = bundle.manifest.bundle_id;
  receipt.bundle_version = bundle.manifest.bundle_version;
  receipt.run_config_digest = stage.workshop.run_config_digest;
  const std::string key = store::layout::publish_failure_receipt(stage.run, receipt.attempt);
  const auto kept = keep(stage.store(), key, receipt, kPublishReceipt);

  auto detail = detail_of(error, "publish");
  const bool conflict = error.code() == Code::PUBLISH_CONFLICT;
  detail["publish_failure_ref"] = kept.ref;
  detail["publish_failure_sha256"] = kept.sha256;
  if (conflict)
    end_run(stage, ledger::Event::run_failed, ledger::TerminalClass::failed_conflict, detail);
  else
    stage.claim.append(ledger::Event::publish_pending, detail);

  auto result = result_of(state, stage.run, conflict ? "PUBLISH_CONFLICT" : "PUBLISH_PENDING");
  result.refs["publish_failure_receipt_ref"] = key;
  result.figures = {{"bundle_id", receipt.bundle_id}, {"bundle_version", receipt.bundle_version}};
  result.exit_status = error.row().exit_status;
  if (!conflict) result.next = "mf publish --run " + stage.run.run_key;
  result.failure = error;
  return result;
}

/// A pending run is published again without training: one retry of a bounded number.
void start_retry(const Stage& stage, const ledger::RunState& state) {
  if (state.state != ledger::State::publish_pending) return;
  const std::int64_t budget = publish_retry_budget(stage.workshop.profile);
  if (state.publish_retries >= budget) {
    const Error error(Code::PUBLISH_RETRY_EXHAUSTED,
                      "run " + stage.run.run_key + " has spent its publish retries: " +
                          std::to_string(state.publish_retries) + " of " + std::to_string(budget),
                      {{"run", stage.run.run_key}});
    stage.claim.append(ledger::Event::publish_retry_exhausted, detail_of(error, "publish"));
    throw Error(error);
  }
  stage.claim.append(ledger::Event::publish_retry_requested, {{"retry", std::to_string(state.publish_retries + 1)}});
  stage.claim.append(ledger::Event::run_started, {{"execution_mode", "PUBLISH_ONLY"}});
}

Result conflict_of(const Stage& stage, const Bundle& bundle, const Publication& publication) {
  return pending(
      stage, bundle,
      Error(Code::PUBLISH_CONFLICT, publication.conflict_ref + " in the registry holds other bytes than this bundle",
            {{"run", stage.run.run_key}, {"ref", publication.conflict_ref}}));
}

/// Success is sticky as long as the registry's copy is; and what did not pass is never published.
std::optional<Result> recall_publication(const Desk& desk, const ledger::RunState& state) {
  const std::string& run = desk.run.run_key;
  if (only_evaluates(state))
    throw Error(Code::PUBLISH_NOT_ALLOWED, "run " + run + " is a candidate_eval, which can never publish",
                {{"run", run}},
                "The bundle that it evaluated is published already; to publish another model, train one.");
  if (state.state == ledger::State::fail)
    throw Error(Code::PUBLISH_NOT_ELIGIBLE, "run " + run + " did not pass its gate", {{"run", run}});
  static_cast<void>(require_recorded(state, kGateReceipt, run));
  if (!state.publish_allowed && state.state != ledger::State::published)
    throw Error(Code::PUBLISH_NOT_ALLOWED, "no request for run " + run + " allows publishing", {{"run", run}});
  if (state.state != ledger::State::published) return {};
  const auto receipt = recorded<PublishHandshakeReceipt>(desk.store(), state, kPublishReceipt, run);
  require_published_copy(desk, state);
  return told(desk, state, receipt, "ALREADY_PUBLISHED");
}

/// Read evidence and verdict, pack, hand over, keep the receipt, record it.
Result publish_bundle(const Stage& stage, const ledger::RunState& state) {
  const auto evidence = read_evidence(stage, state);
  const auto receipt = require_eligible(stage, state, evidence);
  // The scored rows are evidence too: they must still be there as they were judged.
  require_unchanged(stage.store(), state, kScoredRows, stage.run.run_key);
  start_retry(stage, state);
  stage.begin("PUBLISH");
  const auto bundle = package(stage, state, evidence, receipt);

  Publication publication;
  try {
    publication = submit(stage, state, bundle);
  } catch (const Error& error) {
    if (error.code() != Code::REGISTRY_UNAVAILABLE) throw;
    return pending(stage, bundle, error);
  }
  if (publication.outcome == Publication::Outcome::conflict) return conflict_of(stage, bundle, publication);
  const auto kept = keep(stage.store(), store::layout::publish_handshake_receipt(stage.run),
                         handshake_of(stage, evidence, bundle, publication), kPublishReceipt);
  ledger::Detail detail{{"bundle_id", bundle.manifest.bundle_id},
                        {"bundle_version", bundle.manifest.bundle_version},
                        {"publication_status", kept.document.publication_status},
                        {kRegistryPublicationDigest, publication.publication_sha256},
                        {kRegistryEventDigest, publication.event_sha256}};
  if (!publication.submission_sha256.empty()) detail[kRegistrySubmissionDigest] = publication.submission_sha256;
  vouch(detail, kPublishReceipt, kept.ref, kept.sha256);
  end_run(stage, ledger::Event::bundle_published, ledger::TerminalClass::published, detail);
  return told(stage, state, kept.document, kept.document.publication_status);
}

}  // namespace

Result publish(Workshop& workshop, const store::layout::RunPlace& run) {
  return staged(workshop, run, {"publish", "PUBLISH", recall_publication, publish_bundle});
}

Result retry_publication(Workshop& workshop, const store::layout::RunPlace& run) {
  require_in_scope(workshop, run.platform_run_id);
  ledger::RunLog log(*workshop.artifacts, workshop.clock, run);
  const auto state = log.read();
  require_known(state, run.run_key);
  if (state.is_over() || is_pending(state)) return publish(workshop, run);
  const Error error(Code::RETRY_NOT_PENDING,
                    "run " + run.run_key + " has no pending publication; it is " + std::string(name_of(state.state)),
                    {{"run", run.run_key}, {"state", std::string(name_of(state.state))}});
  log.append_while(ledger::Event::publish_retry_skipped, detail_of(error, "publish"),
                   [&](const ledger::RunState& now) { return now.sequence == state.sequence; });
  throw Error(error);
}

}  // namespace mf::factory
