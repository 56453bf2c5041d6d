#include "factory/told_plan.hpp"

#include "factory/plan_bundles.hpp"
#include "mf/contracts/document.hpp"

namespace mf::factory {
namespace {

using contracts::ResolvedTrainPlan;

struct Difference {
  std::string what, locked, now;
};

/// The first input of the two plans that is not the same.
Difference first_difference(const ResolvedTrainPlan& locked, const ResolvedTrainPlan& now) {
  const auto before = locked.canonical_manifests();
  const auto after = now.canonical_manifests();
  for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
    if (before[i].payload_digest != after[i].payload_digest)
      return {before[i].manifest_ref, before[i].payload_digest, after[i].payload_digest};
    if (before[i].materialization.sha256 != after[i].materialization.sha256)
      return {before[i].materialization.ref, before[i].materialization.sha256, after[i].materialization.sha256};
  }
  if (locked.training_profile.profile_digest != now.training_profile.profile_digest)
    return {locked.training_profile.profile_ref, locked.training_profile.profile_digest,
            now.training_profile.profile_digest};
  if (locked.governance_profile.profile_digest != now.governance_profile.profile_digest)
    return {locked.governance_profile.profile_ref, locked.governance_profile.profile_digest,
            now.governance_profile.profile_digest};
  const auto bundles = locked_bundles(locked), others = locked_bundles(now);
  for (std::size_t i = 0; i < bundles.size() && i < others.size(); ++i)
    if (bundles[i].lock.manifest_sha256 != others[i].lock.manifest_sha256)
      return {"the " + std::string(bundles[i].name) + " bundle " + bundles[i].lock.bundle_id,
              bundles[i].lock.manifest_sha256, others[i].lock.manifest_sha256};
  return {"the plan", contracts::content_digest(locked), contracts::content_digest(now)};
}

}  // namespace

void require_same_plan(const ResolvedTrainPlan& locked, const ResolvedTrainPlan& now) {
  if (contracts::content_digest(locked) == contracts::content_digest(now)) return;
  const auto difference = first_difference(locked, now);
  throw Error(Code::RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION,
              difference.what + " is not what the plan of " + locked.run_key + " locked",
              {{"run", locked.run_key},
               {"ref", difference.what},
               {"expected", difference.locked},
               {"observed", difference.now}});
}

void tell_plan(const ResolvedTrainPlan& plan, const std::string& ref, Result& result) {
  std::int64_t rows = 0;
  for (const auto& manifest : plan.dataset_manifests) rows += manifest.materialization.row_count;
  result.refs["resolved_train_plan_ref"] = ref;
  result.figures.emplace_back("dataset_manifests", static_cast<std::int64_t>(plan.dataset_manifests.size()));
  result.figures.emplace_back("rows", rows);
  result.figures.emplace_back("input_fingerprint", plan.input_fingerprint);
  for (const auto& [name, lock] : locked_bundles(plan)) result.figures.emplace_back(name, lock.bundle_id);
  result.lines.push_back("plan locked: " + std::to_string(plan.dataset_manifests.size()) + " dataset(s), " +
                         std::to_string(rows) + " rows, training profile " + plan.training_profile.resolved_revision +
                         ", governance profile " + plan.governance_profile.resolved_revision);
  for (const auto& [name, lock] : locked_bundles(plan))
    result.lines.push_back(std::string(name) + ": bundle " + lock.bundle_id + " version " + lock.bundle_version);
}

}  // namespace mf::factory
