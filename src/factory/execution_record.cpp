#include "factory/execution_record.hpp"

#include "factory/circumstance.hpp"
#include "factory/input_set_check.hpp"

namespace mf::factory {
namespace {

using contracts::ExecutionRecord;

std::optional<std::string> text_of(const std::optional<UtcTime>& time) {
  if (!time) return {};
  return to_string(*time);
}

/// Of every kind of part, except what only sampling knows where nothing was sampled.
std::map<std::string, ExecutionRecord::PartCount> part_records(const dataset::Split& split) {
  std::map<std::string, ExecutionRecord::PartCount> parts;
  for (std::size_t i = 0; i < dataset::kParts; ++i) {
    const auto part = static_cast<dataset::Part>(i);
    if (part == dataset::Part::sampled_out && !split.sampled) continue;
    parts[std::string(name_of(part))] = {static_cast<std::int64_t>(split.counts[i].rows),
                                         static_cast<std::int64_t>(split.counts[i].positives)};
  }
  return parts;
}

std::optional<ExecutionRecord::SplitRecord::EntityHash> entity_hash_record(
    const std::optional<dataset::EntityCuts>& cuts, const contracts::TrainingProfile& profile) {
  if (!cuts) return {};
  return ExecutionRecord::SplitRecord::EntityHash{std::string(dataset::kEntityHashRecipe), profile.split.seed.value(),
                                                  cuts->train_below, cuts->validation_below};
}

std::optional<std::vector<ExecutionRecord::SplitRecord::Role>> role_records(
    const std::vector<DatasetPurpose>& purposes) {
  std::vector<ExecutionRecord::SplitRecord::Role> roles;
  for (const auto& purpose : purposes)
    if (purpose.role) roles.push_back({purpose.manifest_ref, *purpose.role, purpose.rows});
  if (roles.empty()) return {};
  return roles;
}

ExecutionRecord::SplitRecord split_record(const PreparedDataset& dataset, const contracts::TrainingProfile& profile) {
  const auto& split = dataset.split;
  ExecutionRecord::SplitRecord record;
  record.validation_start_utc = text_of(split.validation_start);
  record.test_start_utc = text_of(split.test_start);
  record.mature_until_utc = text_of(split.mature_until);
  record.embargo_hours = profile.split.embargo_hours;
  record.parts = part_records(split);
  record.entity_hash = entity_hash_record(split.entity_cuts, profile);
  record.roles = role_records(dataset.purposes);
  return record;
}

std::optional<ExecutionRecord::Sampling> sampling_record(const std::optional<dataset::Sampled>& sampled,
                                                         const contracts::TrainingProfile& profile) {
  if (!sampled) return {};
  const auto& sampling = profile.sampling.value();
  return ExecutionRecord::Sampling{sampling.rule,
                                   sampling.rate,
                                   sampling.seed,
                                   std::string(dataset::kSamplingRecipe),
                                   static_cast<std::int64_t>(sampled->kept),
                                   static_cast<std::int64_t>(sampled->dropped),
                                   sampled->weight};
}

std::optional<std::vector<ExecutionRecord::SampledBefore>> sampled_before(const std::vector<DatasetPurpose>& purposes) {
  std::vector<ExecutionRecord::SampledBefore> records;
  for (const auto& [ref, role, sampling, rows] : purposes)
    if (is_sampled(sampling)) records.push_back({ref, sampling->rule, sampling->rate.value(), sampling->seed.value()});
  if (records.empty()) return {};
  return records;
}

/// What only counts is told in the leakage certificate, unless it is one of the guards that have always been recorded.
bool is_recorded(const dataset::GuardFinding& finding) {
  return finding.demanded || (finding.guard != "duplicate_feature_rows" && finding.guard != "id_like_feature");
}

void add_guards(ExecutionRecord& record, const std::vector<dataset::GuardFinding>& findings) {
  for (const auto& finding : findings)
    if (is_recorded(finding))
      record.leakage_guards.push_back({finding.guard, finding.status, static_cast<std::int64_t>(finding.rows_checked),
                                       static_cast<std::int64_t>(finding.rows_offending), finding.sample_keys,
                                       finding.note});
}

ExecutionRecord::Engine engine_record(const Execution& execution) {
  const auto& fitted = execution.fitted;
  ExecutionRecord::Engine record;
  record.algorithm_id = execution.profile.algorithm_id;
  for (const auto& [name, value] : fitted.parameters) record.parameters[name] = value;
  record.rounds_run = fitted.rounds_run;
  record.rounds_kept = fitted.rounds_kept;
  record.stopped_early = fitted.stopped_early;
  record.best_metric = fitted.best_metric;
  const auto& categories = execution.dataset.categories;
  if (!categories.empty()) record.categories = categories.texts();
  return record;
}

}  // namespace

ExecutionRecord execution_record_of(const Execution& execution) {
  const auto& plan = execution.plan;
  const auto& profile = execution.profile;
  ExecutionRecord record;
  record.run_key = plan.run_key;
  record.request_id = plan.request_id;
  record.platform_run_id = plan.platform_run_id;
  record.execution_started_at_utc = execution.started_at_utc;
  record.execution_completed_at_utc = execution.completed_at_utc;
  record.split_strategy = profile.split_strategy;
  record.seed_policy = {profile.seed_policy.recipe, profile.seed_policy.base_seed};
  record.stage_seed = execution.seed;
  record.training_profile_revision = plan.training_profile.resolved_revision;
  record.governance_profile_revision = plan.governance_profile.resolved_revision;
  record.dataset_manifest_refs = contracts::canonical(plan.input_refs).dataset_manifest_refs;
  record.dataset_manifest_digests = plan.manifest_digests();
  record.input_fingerprint = plan.input_fingerprint;
  record.split = split_record(execution.dataset, profile);
  record.sampling = sampling_record(execution.dataset.split.sampled, profile);
  record.sampled_before = sampled_before(execution.dataset.purposes);
  add_guards(record, execution.dataset.row_findings);
  add_guards(record, execution.dataset.findings.guards);
  record.engine = engine_record(execution);
  record.adopted = execution.adopted;
  record.circumstance = circumstance_of(execution.workshop);
  return record;
}

}  // namespace mf::factory
