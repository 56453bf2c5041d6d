#include "mf/contracts/training_profile.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, TrainingProfile::Algorithm& algorithm) {
  visit("rounds", algorithm.rounds);
  visit("early_stopping_rounds", algorithm.early_stopping_rounds);
  visit("early_stopping_metric", algorithm.early_stopping_metric);
  visit("objective", algorithm.objective);
  visit("class_weighting", algorithm.class_weighting);
  visit("monotone_constraints", algorithm.monotone_constraints);
  visit("interaction_constraints", algorithm.interaction_constraints);
  visit("params", algorithm.params);
}

template <class V>
void describe(V& visit, TrainingProfile::Split& split) {
  visit("train", split.train);
  visit("validation", split.validation);
  visit("test", split.test);
  visit("validation_start_utc", split.validation_start_utc);
  visit("test_start_utc", split.test_start_utc);
  visit("embargo_hours", split.embargo_hours);
  visit("seed", split.seed);
}

template <class V>
void describe(V& visit, TrainingProfile::Sampling& sampling) {
  visit("rule", sampling.rule);
  visit("rate", sampling.rate);
  visit("seed", sampling.seed);
}

template <class V>
void describe(V& visit, TrainingProfile::SeedPolicy& seed_policy) {
  visit("recipe", seed_policy.recipe);
  visit("base_seed", seed_policy.base_seed);
}

template <class V>
void describe(V& visit, TrainingProfile::Leakage& leakage) {
  visit("suspect_single_feature_auc", leakage.suspect_single_feature_auc);
  visit("forbid_entity_overlap", leakage.forbid_entity_overlap);
  visit("forbid_duplicate_rows", leakage.forbid_duplicate_rows);
  visit("suspect_id_like_correlation", leakage.suspect_id_like_correlation);
}

template <class V>
void describe(V& visit, TrainingProfile::Bootstrap& bootstrap) {
  visit("resamples", bootstrap.resamples);
  visit("cluster_by", bootstrap.cluster_by);
}

template <class V>
void describe(V& visit, TrainingProfile::OperatingPoint& point) {
  visit("rule", point.rule);
  visit("value", point.value);
}

template <class V>
void describe(V& visit, TrainingProfile::Costs& costs) {
  visit("alert", costs.alert);
  visit("missed_fraud", costs.missed_fraud);
  visit("missed_fraud_amount_share", costs.missed_fraud_amount_share);
}

template <class V>
void describe(V& visit, TrainingProfile::Slices& slices) {
  visit("columns", slices.columns);
  visit("min_rows", slices.min_rows);
  visit("min_frauds", slices.min_frauds);
}

template <class V>
void describe(V& visit, TrainingProfile::Explanations& explanations) {
  visit("rows", explanations.rows);
  visit("top_features", explanations.top_features);
  visit("interactions", explanations.interactions);
  visit("reason_codes", explanations.reason_codes);
}

template <class V>
void describe(V& visit, TrainingProfile::Evaluation& evaluation) {
  visit("top_k", evaluation.top_k);
  visit("alert_rates", evaluation.alert_rates);
  visit("max_fpr", evaluation.max_fpr);
  visit("card_top_k", evaluation.card_top_k);
  visit("operating_point", evaluation.operating_point);
  visit("beta", evaluation.beta);
  visit("costs", evaluation.costs);
  visit("slices", evaluation.slices);
  visit("explanations", evaluation.explanations);
  visit("bootstrap", evaluation.bootstrap);
}

template <class V>
void describe(V& visit, TrainingProfile& profile) {
  visit("schema_version", profile.schema_version);
  visit("policy_id", profile.policy_id);
  visit("revision", profile.revision);
  visit("feature_definition_set", profile.feature_definition_set);
  visit("expected_manifest_schema_version", profile.expected_manifest_schema_version);
  visit("label_resolution_rule", profile.label_resolution_rule);
  visit("algorithm_id", profile.algorithm_id);
  visit("algorithm", profile.algorithm);
  visit("split_strategy", profile.split_strategy);
  visit("split", profile.split);
  visit("sampling", profile.sampling);
  visit("seed_policy", profile.seed_policy);
  visit("leakage", profile.leakage);
  visit("evaluation", profile.evaluation);
  visit("candidate", profile.candidate);
  visit("supersedes", profile.supersedes);
}

MF_DOCUMENT(TrainingProfile)

}  // namespace mf::contracts
