#include "factory/continuity.hpp"
#include "factory/proof_place.hpp"
#include "mf/factory/proofs.hpp"

namespace mf::factory {
namespace {

using contracts::ContinuityProof;

/// What could not be read proves nothing, and belies nothing.
void require_read(const Examined& examined) {
  if (examined.verification.unread()) throw Error(*examined.verification.unread());
  if (examined.run.platform_run_id.empty()) throw Error(examined.verification.differences().front().error);
}

std::int64_t failed_links(const ContinuityProof& proof) {
  return std::count_if(proof.links.begin(), proof.links.end(), [](const auto& link) { return link.status == "FAIL"; });
}

std::int64_t passed(const ContinuityProof::Section& section) {
  return std::count_if(section.items.begin(), section.items.end(),
                       [](const auto& item) { return item.status == "PASS"; });
}

std::string in_words(const ContinuityProof::Section& section) {
  return section.status + ", " + std::to_string(passed(section)) + " of " + std::to_string(section.items.size());
}

void tell_figures(const ContinuityProof& proof, Result& result) {
  std::vector<std::string> reasons;
  for (const auto& reason : proof.reasons) reasons.push_back(reason.link + ": " + reason.reason_code);
  result.figures = {{"status", proof.status},
                    {"links", std::ssize(proof.links)},
                    {"links_failed", failed_links(proof)},
                    {"agreements", std::ssize(proof.agreements)},
                    {"coverage_run_operate", proof.coverage.run_operate.status},
                    {"coverage_observability_governance", proof.coverage.observability_governance.status},
                    {"mpr_handoff", proof.mpr_handoff ? proof.mpr_handoff->status : std::string("ABSENT")},
                    {"reasons", reasons}};
}

void tell_lines(const ContinuityProof& proof, const std::string& place, Result& result) {
  result.lines.push_back(std::to_string(proof.links.size() - static_cast<std::size_t>(failed_links(proof))) + " of " +
                         std::to_string(proof.links.size()) + " links hold, from manifest to registry");
  for (const auto& reason : proof.reasons)
    result.lines.push_back("not proven: " + reason.link + ", " + reason.reason_code);
  result.lines.push_back("run/operate: " + in_words(proof.coverage.run_operate));
  result.lines.push_back("observability/governance: " + in_words(proof.coverage.observability_governance));
  result.lines.push_back("proof:  " + place);
}

}  // namespace

Result prove_continuity(Workshop& workshop, store::layout::RunPlace run) {
  const auto examined = examine(workshop, std::move(run), true);
  require_read(examined);
  auto proof = continuity_of(examined);
  const auto key = store::layout::continuity_proof(examined.run, contracts::content_digest(proof));
  const auto ref = keep_proof(workshop, key, std::move(proof));

  Result result;
  const auto& kept = ref.document;
  result.outcome = kept.status == "PASS" ? "PROVEN" : "NOT_PROVEN";
  result.exit_status = kept.status == "PASS" ? 0 : 1;
  result.run = kept.run_key;
  if (examined.state.sequence > 0) result.identity = identity_in(examined.state);
  result.refs = {{"continuity_proof_ref", ref.ref}};
  tell_figures(kept, result);
  tell_lines(kept, workshop.artifacts->describe() + "/" + ref.ref, result);
  return result;
}

}  // namespace mf::factory
