#include "factory/packing.hpp"

#include "factory/dataset_of_plan.hpp"
#include "factory/materialization_check.hpp"
#include "factory/records.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/engine/objectives.hpp"
#include "mf/error.hpp"

namespace mf::factory {

using contracts::GateReceipt;
using contracts::PublishEligibility;
using publication::Bundle;

namespace {

/// What a score of the model means.
std::string score_of(const contracts::ExecutionRecord& execution) {
  const auto named = execution.engine.parameters.find("objective");
  const auto* objective = named == execution.engine.parameters.end() ? nullptr : engine::find_objective(named->second);
  if (objective == nullptr) throw Error(Code::INTERNAL, "the execution record names no objective that MF knows");
  return std::string(objective->score);
}

std::optional<contracts::ScoringContract::ReasonCodes> reason_codes_of(const Evidence& evidence) {
  if (!evidence.explanations || !evidence.explanations->reason_codes) return {};
  return {{*evidence.explanations->reason_codes, evidence.explanations->method,
           "the features with the largest contributions above 0, largest first, ties in the order of the features"}};
}

}  // namespace

GateReceipt require_eligible(const Stage& stage, const ledger::RunState& state, const Evidence& evidence) {
  const std::string& run = stage.run.run_key;
  const auto eligibility = recorded<PublishEligibility>(stage.store(), state, kPublishEligibility, run);
  auto receipt = recorded<GateReceipt>(stage.store(), state, kGateReceipt, run);
  require_given_on(receipt, eligibility, evidence.digests, run);
  if (!eligibility.eligible || receipt.gate_decision != "PASS")
    throw Error(Code::PUBLISH_NOT_ELIGIBLE, "run " + run + " did not pass its gate", {{"run", run}});
  return receipt;
}

Bundle package(const Stage& stage, const ledger::RunState& state, const Evidence& evidence,
               const GateReceipt& receipt) {
  const std::string& run = stage.run.run_key;
  const auto identity = contracts::identity_of(contracts::read_recorded_request(state.request));
  const auto materializations = locked_materializations(stage.store(), evidence.plan);
  auto bundle = publication::assemble(
      {evidence.plan, identity.train_run_key, evidence.artifact, evidence.model, feature_types_of(materializations),
       evidence.report, evidence.refs.eval_report_ref, receipt, require_recorded(state, kGateReceipt, run).ref,
       score_of(evidence.execution), evidence.execution.engine.categories, reason_codes_of(evidence)});
  bundle.publication.provenance.run_config_digest = stage.workshop.run_config_digest;
  ledger::Detail detail{{"bundle_id", bundle.manifest.bundle_id}, {"bundle_version", bundle.manifest.bundle_version}};
  for (const auto& file : bundle.files()) {
    const std::string key = store::layout::bundle_member(stage.run, file.path);
    if (file.path == store::layout::kBundlePublicationFile) continue;
    keep_bytes(stage.store(), key, file.bytes, kBundleManifest);
    // The manifest vouches for the members; only the log can vouch for the manifest, and for the publication beside it.
    if (file.path == store::layout::kBundleManifestFile)
      vouch(detail, kBundleManifest, key, identity::sha256_hex(file.bytes));
  }
  // Packed under another configuration before, it differs by that circumstance: the first one stands.
  const auto publication =
      keep(stage.store(), store::layout::bundle_member(stage.run, store::layout::kBundlePublicationFile),
           bundle.publication, kBundlePublication);
  vouch(detail, kBundlePublication, publication.ref, publication.sha256);
  bundle.publication = publication.document;
  if (state.find(kBundleManifest.name) == nullptr) {
    stage.claim.append(ledger::Event::bundle_packaged, detail);
  }
  return bundle;
}

}  // namespace mf::factory
