#include "factory/profile_check.hpp"

#include "factory/plan_resolution.hpp"
#include "mf/contracts/profile_lock.hpp"
#include "mf/engine/parameters.hpp"
#include "mf/error.hpp"
#include "mf/gate/needs.hpp"
#include "mf/metrics/catalogue.hpp"

namespace mf::factory {
namespace {

std::string fetch_training(const store::ArtifactStore& store, const std::string& ref) {
  return fetch(store, ref, "/training_config_ref", Code::TRAINING_PROFILE_UNRESOLVED, Code::PROFILE_DIGEST_MISMATCH);
}

std::string fetch_governance(const store::ArtifactStore& store, const std::string& ref) {
  return fetch(store, ref, "/governance_profile_ref", Code::GOVERNANCE_PROFILE_UNRESOLVED,
               Code::PROFILE_DIGEST_MISMATCH);
}

void require_known_metric(const gate::Need& need, const std::string& ref) {
  if (metrics::parse_metric(need.metric)) return;
  const auto known = metrics::metric_names();
  const auto near = near_miss(need.metric, known);
  std::string names;
  for (const auto& name : known) names += (names.empty() ? "" : ", ") + name;
  const std::string pointer = need.pointer + "/metric";
  throw Error(Code::GOVERNANCE_PROFILE_INVALID, ref + ": " + pointer + ": there is no metric `" + need.metric + "`",
              {{"document", ref}, {"pointer", pointer}, {"expected", names}},
              near ? "Did you mean `" + *near + "`?" : "Use one of " + names + ".");
}

void require_known_metrics(const contracts::GovernanceProfile& policy, const std::string& ref) {
  for (const auto& need : gate::needs_of(policy)) require_known_metric(need, ref);
}

/// The engine knows the key; only this room knows the file.
void check_engine(const contracts::TrainingProfile& profile, const std::string& ref) {
  try {
    engine::check_algorithm(profile);
  } catch (const Error& error) {
    Error::Context context = error.context();
    context.emplace("document", ref);
    throw Error(error.code(), ref + ": " + error.message(), std::move(context), error.hint());
  }
}

/// Passes `bytes` on when they say what was locked.
std::string require_locked(std::string bytes, const std::string& ref, const std::string& locked_digest) {
  std::string observed = "not a document";
  try {
    observed = contracts::digest_of_document(bytes, contracts::syntax_of(ref), ref);
  } catch (const Error&) {
    // What cannot be parsed any more has changed.
  }
  if (observed != locked_digest)
    throw Error(Code::PROFILE_DIGEST_MISMATCH, ref + " has changed since the plan locked it",
                {{"ref", ref}, {"expected", locked_digest}, {"observed", observed}});
  return bytes;
}

}  // namespace

contracts::TrainingProfile read_usable_training_profile(std::string_view bytes, const std::string& ref) {
  auto profile = contracts::read_training_profile(bytes, ref);
  check_engine(profile, ref);
  return profile;
}

contracts::GovernanceProfile read_usable_governance_profile(std::string_view bytes, const std::string& ref) {
  auto policy = contracts::read_governance_profile(bytes, ref);
  require_known_metrics(policy, ref);
  return policy;
}

ResolvedTrainingProfile resolve_training_profile(const store::ArtifactStore& store, const std::string& ref) {
  const std::string bytes = fetch_training(store, ref);
  ResolvedTrainingProfile resolved{contracts::lock_training_profile(bytes, ref), {}};
  // Only what can train is held against the engine's tables.
  if (!contracts::has_schema_version(bytes, ref)) return resolved;
  resolved.profile = read_usable_training_profile(bytes, ref);
  return resolved;
}

ResolvedGovernanceProfile resolve_governance_profile(const store::ArtifactStore& store, const std::string& ref) {
  const std::string bytes = fetch_governance(store, ref);
  ResolvedGovernanceProfile resolved{contracts::lock_governance_profile(bytes, ref), {}};
  if (contracts::has_schema_version(bytes, ref)) resolved.profile = read_usable_governance_profile(bytes, ref);
  return resolved;
}

void require_label_rule(const contracts::TrainingProfile& profile, const contracts::DatasetManifest& manifest,
                        const std::string& manifest_ref) {
  const auto squeezed = [](std::string rule) {
    std::erase_if(rule, [](unsigned char c) { return c <= ' '; });
    for (char& c : rule) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return rule;
  };
  const auto& rule = manifest.label_basis.resolution_rule;
  if (squeezed(rule) != squeezed(profile.label_resolution_rule))
    throw Error(Code::LEAKAGE_GUARD_VIOLATION,
                manifest_ref + ": /label_basis/resolution_rule is " + rule + ", the training profile demands " +
                    profile.label_resolution_rule,
                {{"ref", manifest_ref}, {"pointer", "/label_basis/resolution_rule"}},
                "Use a dataset whose labels were resolved by the profile's rule.");
}

std::string locked_training_bytes(const store::ArtifactStore& store, const contracts::ResolvedTrainPlan& plan) {
  const auto& lock = plan.training_profile;
  return require_locked(fetch_training(store, lock.profile_ref), lock.profile_ref, lock.profile_digest);
}

std::string locked_governance_bytes(const store::ArtifactStore& store, const contracts::ResolvedTrainPlan& plan) {
  const auto& lock = plan.governance_profile;
  return require_locked(fetch_governance(store, lock.profile_ref), lock.profile_ref, lock.profile_digest);
}

contracts::TrainingProfile locked_training_profile(const store::ArtifactStore& store,
                                                   const contracts::ResolvedTrainPlan& plan) {
  const auto& lock = plan.training_profile;
  const std::string bytes = locked_training_bytes(store, plan);
  auto profile = contracts::read_training_profile(bytes, lock.profile_ref);
  check_engine(profile, lock.profile_ref);
  return profile;
}

contracts::GovernanceProfile locked_governance_profile(const store::ArtifactStore& store,
                                                       const contracts::ResolvedTrainPlan& plan) {
  const auto& lock = plan.governance_profile;
  const std::string bytes = locked_governance_bytes(store, plan);
  auto policy = contracts::read_governance_profile(bytes, lock.profile_ref);
  require_known_metrics(policy, lock.profile_ref);
  return policy;
}

}  // namespace mf::factory
