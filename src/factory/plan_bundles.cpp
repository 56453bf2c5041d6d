#include "factory/plan_bundles.hpp"

#include <algorithm>
#include <tuple>

#include "factory/adoption.hpp"
#include "mf/engine/objectives.hpp"
#include "mf/error.hpp"

namespace mf::factory {
namespace {

using contracts::DatasetMaterialization;
using contracts::ResolvedTrainPlan;
using contracts::ScoringContract;

bool is_number(const std::string& type) {
  return type == "bool" || type == "int64" || type == "float32" || type == "float64";
}

/// Numbers of any width are floats to the model.
bool types_fit(const std::string& a, const std::string& b) { return a == b || (is_number(a) && is_number(b)); }

[[noreturn]] void refuse_features(const char* role, const std::string& what, const std::string& expected,
                                  const std::string& observed, const std::string& hint) {
  throw Error(Code::FEATURE_SCHEMA_INCOMPATIBLE, "the " + std::string(role) + " bundle " + what,
              {{"bundle", role}, {"expected", expected}, {"observed", observed}}, hint);
}

void require_features(const ScoringContract& scoring, const DatasetMaterialization& table, const char* role) {
  const auto columns = table.with_role("feature");
  for (const auto& feature : scoring.features) {
    const auto column = std::ranges::find(columns, feature.name, [](const auto* c) { return c->name; });
    if (column == columns.end())
      refuse_features(role, "takes the feature " + feature.name + ", which the rows do not have", feature.name,
                      "no such feature", "Use a dataset that has every feature of the bundle's model.");
    if (!types_fit(feature.type, (*column)->type))
      refuse_features(role,
                      "takes " + feature.name + " as " + feature.type + ", the rows have it as " + (*column)->type,
                      feature.type, (*column)->type, "Pin the dataset with the type that the bundle's model takes.");
  }
}

void require_no_other_features(const ScoringContract& scoring, const DatasetMaterialization& table) {
  for (const auto* column : table.with_role("feature"))
    if (std::ranges::find(scoring.features, column->name, &ScoringContract::Feature::name) == scoring.features.end())
      refuse_features("candidate", "does not take the feature " + column->name + " of the rows", "no such feature",
                      column->name, "Evaluate it on a dataset of its own feature set.");
}

void require_feature_set(const contracts::Compatibility& has, const contracts::FeatureDefinitionSet& wants) {
  if (has.feature_set_id != wants.feature_set_id || has.feature_set_version != wants.feature_set_version)
    refuse_features("candidate", "is of another feature set than the training profile's",
                    wants.feature_set_id + "@" + wants.feature_set_version,
                    has.feature_set_id + "@" + has.feature_set_version,
                    "Use a training profile and manifests of the bundle's feature set.");
}

/// What the profile says of the model decides how its scores are read.
void require_described(const ScoringContract& scoring, const ProfilesOfIntent& profiles) {
  const auto refuse = [&](const std::string& pointer, const std::string& expected, const std::string& observed) {
    throw Error(
        Code::TRAINING_PROFILE_INVALID,
        profiles.training_ref + ": " + pointer + " is not that of the candidate, whose model is " + expected,
        {{"document", profiles.training_ref}, {"pointer", pointer}, {"expected", expected}, {"observed", observed}},
        "Describe the model of the bundle: the training profile that it was made by does.");
  };
  if (scoring.model.algorithm_id != profiles.training.algorithm_id)
    refuse("/algorithm_id", scoring.model.algorithm_id, profiles.training.algorithm_id);
  const auto& objective = engine::objective_of(profiles.training);
  if (scoring.score != objective.score)
    refuse("/algorithm/objective", scoring.score, std::string(objective.name) + ": " + std::string(objective.score));
}

/// No threshold is chosen on rows that test.
void require_threshold(const RegisteredBundle& bundle, const ProfilesOfIntent& profiles) {
  if (gives_threshold(adoption_of(bundle), profiles.training)) return;
  throw Error(Code::TRAINING_PROFILE_INVALID,
              profiles.training_ref + ": /evaluation/operating_point asks for a threshold by " +
                  profiles.training.evaluation.operating_point->rule + ", which the candidate has not chosen so",
              {{"document", profiles.training_ref}, {"pointer", "/evaluation/operating_point"}},
              "Leave it out to use the bundle's own threshold, or name an alert rate of its scoring contract.");
}

/// A model knows the rows that it was made from: what it scores there says nothing of other rows.
void require_unknown_rows(const RegisteredBundle& bundle, const ResolvedTrainPlan& plan) {
  for (const auto& manifest : plan.canonical_manifests())
    for (const auto& known : bundle.manifest.lineage.dataset_manifests) {
      if (known.payload_digest != manifest.payload_digest &&
          known.dataset_fingerprint != manifest.dataset_fingerprint &&
          known.dataset_manifest_id != manifest.dataset_manifest_id &&
          known.materialization_sha256 != manifest.materialization.sha256)
        continue;
      throw Error(
          Code::LEAKAGE_GUARD_VIOLATION,
          manifest.manifest_ref + ": the candidate " + bundle.manifest.bundle_id + " was made from this dataset",
          {{"ref", manifest.manifest_ref},
           {"bundle_id", bundle.manifest.bundle_id},
           {"dataset_manifest_id", known.dataset_manifest_id}},
          "Evaluate it on rows that it was neither trained nor chosen on.");
    }
}

std::string in_words(const contracts::TargetScope& scope) {
  return scope.environment + "/" + scope.mode + "/" + scope.bundle_slot +
         (scope.tenant_id ? " of " + *scope.tenant_id : "");
}

void require_scope(const contracts::TargetScope& of_bundle, const contracts::TargetScope& wanted,
                   const std::string& training_ref) {
  const auto fields = [](const contracts::TargetScope& scope) {
    return std::tie(scope.environment, scope.mode, scope.bundle_slot, scope.tenant_id);
  };
  if (fields(of_bundle) == fields(wanted)) return;
  throw Error(Code::TRAINING_PROFILE_INVALID,
              training_ref + ": /supersedes is a bundle for " + in_words(of_bundle) + ", the request is for " +
                  in_words(wanted),
              {{"document", training_ref},
               {"pointer", "/supersedes"},
               {"expected", in_words(wanted)},
               {"observed", in_words(of_bundle)}},
              "A bundle is superseded in its own slot only.");
}

}  // namespace

void lock_bundles(ResolvedTrainPlan& plan, const ProfilesOfIntent& profiles, const DatasetMaterialization& table,
                  const OpenRegistry& open_registry) {
  const bool has_baseline = profiles.policy && profiles.policy->baseline;
  const auto& training = profiles.training;
  if (!has_baseline && !training.candidate && !training.supersedes) return;
  const auto registry = open_registry();
  if (training.candidate) {
    const auto bundle = read_bundle(*registry, *training.candidate);
    require_described(bundle.scoring, profiles);
    require_threshold(bundle, profiles);
    require_feature_set(bundle.manifest.compatibility, training.feature_definition_set);
    require_features(bundle.scoring, table, "candidate");
    require_no_other_features(bundle.scoring, table);
    require_unknown_rows(bundle, plan);
    plan.candidate = lock_of(bundle);
  }
  if (has_baseline) {
    const auto& baseline = *profiles.policy->baseline;
    const auto bundle = read_bundle(*registry, {baseline.bundle_id, baseline.bundle_version});
    require_features(bundle.scoring, table, "baseline");
    plan.baseline = lock_of(bundle);
  }
  if (training.supersedes) {
    const auto& [id, version, reason] = *training.supersedes;
    plan.supersedes = lock_of(read_bundle(*registry, {id, version}));
    plan.supersedes->reason = reason;
    require_scope(plan.supersedes->target_scope, plan.input_refs.target_scope, profiles.training_ref);
  }
}

std::vector<NamedLock> locked_bundles(const ResolvedTrainPlan& plan) {
  std::vector<NamedLock> locks;
  if (plan.baseline) locks.push_back({"baseline", *plan.baseline});
  if (plan.candidate) locks.push_back({"candidate", *plan.candidate});
  if (plan.supersedes) locks.push_back({"supersedes", *plan.supersedes});
  return locks;
}

}  // namespace mf::factory
