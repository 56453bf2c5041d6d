#include "factory/continuity.hpp"

#include <algorithm>
#include <array>

#include "factory/coverage.hpp"
#include "factory/published_copy.hpp"
#include "factory/records.hpp"

namespace mf::factory {
namespace {

using Proof = contracts::ContinuityProof;
using ledger::State;
namespace layout = store::layout;

constexpr const char* kPass = "PASS";
constexpr const char* kFail = "FAIL";

std::string verdict(bool holds) { return holds ? kPass : kFail; }

std::string name_of(Code code) { return std::string(row_of(code).name); }

/// The stages, in the order of the corridor.
constexpr std::array kStages = {"ledger", "inputs", "plan", "model", "report", "gate", "bundle", "registry"};

/// Which stage a check belongs to, by how its name begins. A run may not be published without what is `required`.
struct Place {
  std::string_view name;
  const char* stage;
  bool required = false;
};

constexpr Place kPlaces[] = {
    {"event log", "ledger"},
    {"seal of the log", "ledger"},
    {"run anchor", "ledger"},
    {"request alias", "ledger"},
    {"dataset manifest", "inputs"},
    {"materialisation", "inputs"},
    {"data file", "inputs"},
    {"training profile", "inputs"},
    {"governance profile", "inputs"},
    {"baseline bundle", "inputs"},
    {"candidate bundle", "inputs"},
    {"supersedes bundle", "inputs"},
    {kPlan.name, "plan", true},
    {kExecutionRecord.name, "model", true},
    {kTrainArtifact.name, "model", true},
    {kLeakageCertificate.name, "model"},
    {kModel.name, "model", true},
    {kScoredRows.name, "report", true},
    {kExplanations.name, "report"},
    {kEvalReport.name, "report", true},
    {kEvidencePack.name, "report", true},
    {kTrainEvalReceipt.name, "report", true},
    {kGateReceipt.name, "gate", true},
    {kPublishEligibility.name, "gate", true},
    {kBundleManifest.name, "bundle", true},
    {kBundlePublication.name, "bundle"},
    {kBundleSubmission.name, "bundle"},
    {"bundle/", "bundle"},
    {kPublishFailure.name, "registry"},
    {kPublishReceipt.name, "registry", true},
    {"registry/", "registry"},
    {"registry lifecycle event", "registry"},
};

/// What this release does not know by name is vouched for by the log.
std::string stage_of(const std::string& name) {
  const auto* place = std::find_if(std::begin(kPlaces), std::end(kPlaces), [&](const Place& p) {
    return p.name.ends_with('/') ? name.starts_with(p.name) : name == p.name;
  });
  return place == std::end(kPlaces) ? "ledger" : place->stage;
}

std::ptrdiff_t position_of(const Proof::Link& link) {
  return std::find(kStages.begin(), kStages.end(), link.stage) - kStages.begin();
}

bool is_agreement(const Check& check) { return check.name.starts_with("what "); }

/// Opening the registry is no link: it has no ref, and what lies there is read file by file.
bool is_link(const Check& check) { return !is_agreement(check) && check.name != "registry"; }

/// A file that was held against its digest, and fits, has that digest.
std::optional<std::string> observed_by(const Check& check) {
  if (!check.expected) return {};
  if (!check.error) return check.expected->sha256;
  const auto found = check.error->context().find("observed");
  const bool is_digest = found != check.error->context().end() && found->second.size() == check.expected->sha256.size();
  return is_digest ? std::optional(found->second) : std::nullopt;
}

Proof::Link link_of(const Check& check) {
  Proof::Link link;
  link.stage = stage_of(check.name);
  link.name = check.name;
  link.ref = check.ref;
  link.digest_of = check.expected && check.expected->of_content ? "content" : "bytes";
  if (check.expected) link.expected_sha256 = check.expected->sha256;
  link.observed_sha256 = observed_by(check);
  link.status = verdict(!check.error);
  if (check.error) link.reason_code = check.error->row().name;
  return link;
}

Proof::Agreement agreement_of(const Check& check) {
  Proof::Agreement agreement{check.name, check.ref, verdict(!check.error), {}};
  if (check.error) agreement.reason_code = check.error->row().name;
  return agreement;
}

/// A link that the run never came to.
Proof::Link missing_link(const Place& place, const layout::RunPlace& run) {
  Proof::Link link;
  link.stage = place.stage;
  link.name = place.name;
  link.ref = layout::run_folder(run);
  link.digest_of = "bytes";
  link.status = kFail;
  link.reason_code = name_of(Code::STAGE_MISSING);
  return link;
}

std::vector<Proof::Link> links_of(const Examined& examined) {
  std::vector<Proof::Link> links;
  for (const auto& check : examined.verification.made())
    if (is_link(check)) links.push_back(link_of(check));
  if (examined.state.sequence > 0)
    for (const auto& place : kPlaces)
      if (place.required && examined.state.find(std::string(place.name)) == nullptr)
        links.push_back(missing_link(place, examined.run));
  std::stable_sort(links.begin(), links.end(),
                   [](const auto& a, const auto& b) { return position_of(a) < position_of(b); });
  return links;
}

// The registry's side.

/// How many files beside those of the bundle lie in its folder.
std::int64_t count_unknown(const Examined& examined, const contracts::BundleManifest& manifest) {
  const auto known = published_files(examined.desk(), examined.state, manifest);
  const std::string file = layout::registry::bundle_member(manifest.bundle_id, manifest.bundle_version, "x");
  const auto keys = open_registry(examined.workshop)->list(file.substr(0, file.rfind('/')));
  return std::count_if(keys.begin(), keys.end(), [&](const std::string& key) { return !known.contains(key); });
}

std::optional<Proof::Handoff> handoff_of(const Examined& examined, const std::vector<Proof::Link>& links) {
  const auto& documents = examined.documents;
  if (examined.state.state != State::published || !documents.manifest || !documents.handshake) return {};
  const auto& receipt = documents.handshake->document;
  Proof::Handoff handoff;
  handoff.bundle_id = receipt.bundle_id;
  handoff.bundle_version = receipt.bundle_version;
  handoff.registry_bundle_ref = receipt.registry_bundle_ref;
  handoff.registry_lifecycle_event_ref = receipt.registry_lifecycle_event_ref;
  handoff.publish_handshake_receipt_ref = documents.handshake->ref;
  bool has_event = false;
  for (const auto& link : links) {
    if (link.name == "registry lifecycle event") has_event = link.status == kPass;
    if (!link.name.starts_with("registry/")) continue;
    ++handoff.files_expected;
    if (link.status == kPass) ++handoff.files_true;
  }
  handoff.files_unknown = count_unknown(examined, documents.manifest->document);
  handoff.complete = handoff.files_expected > 0 && handoff.files_true == handoff.files_expected;
  handoff.status = verdict(handoff.complete && has_event);
  return handoff;
}

// Why not.

/// Why a run that is not published is not; nothing when its missing links say all there is to say.
std::optional<std::string> end_of(const ledger::RunState& state) {
  if (state.state == State::published) return {};
  if (state.failure && state.failure->code == kGateFail) return name_of(Code::PUBLISH_NOT_ELIGIBLE);
  if (state.failure && find_code(state.failure->code) != nullptr) return state.failure->code;
  if (state.state == State::pass && !state.publish_allowed) return name_of(Code::PUBLISH_NOT_ALLOWED);
  return {};
}

std::vector<Proof::Reason> reasons_of(const Proof& proof, const ledger::RunState& state) {
  std::vector<Proof::Reason> reasons;
  const auto add = [&](const std::string& name, const auto& holds) {
    if (holds.status == kFail && holds.reason_code) reasons.push_back({name, *holds.reason_code});
  };
  if (const auto code = end_of(state)) reasons.push_back({"run", *code});
  for (const auto& link : proof.links) add(link.name, link);
  for (const auto& agreement : proof.agreements) add(agreement.name, agreement);
  for (const auto& item : proof.coverage.run_operate.items) add(item.item, item);
  for (const auto& item : proof.coverage.observability_governance.items) add(item.item, item);
  return reasons;
}

}  // namespace

Proof continuity_of(const Examined& examined) {
  Proof proof;
  proof.run_key = examined.run.run_key;
  proof.platform_run_id = examined.run.platform_run_id;
  if (examined.state.sequence > 0) proof.state = name_of(examined.state.state);
  proof.links = links_of(examined);
  for (const auto& check : examined.verification.made())
    if (is_agreement(check)) proof.agreements.push_back(agreement_of(check));
  proof.coverage = coverage_of(examined);
  proof.mpr_handoff = handoff_of(examined, proof.links);
  proof.reasons = reasons_of(proof, examined.state);
  proof.status = verdict(proof.reasons.empty() && proof.mpr_handoff && proof.mpr_handoff->status == kPass);
  return proof;
}

}  // namespace mf::factory
