#include "factory/execution_record.hpp"

#include "factory/circumstance.hpp"

namespace mf::factory {
namespace {

using contracts::ExecutionRecord;

ExecutionRecord::SplitRecord split_record(const dataset::Split& split, double embargo_hours) {
  ExecutionRecord::SplitRecord record;
  record.validation_start_utc = to_string(split.validation_start);
  record.test_start_utc = to_string(split.test_start);
  if (split.mature_until) record.mature_until_utc = to_string(*split.mature_until);
  record.embargo_hours = embargo_hours;
  for (std::size_t i = 0; i < dataset::kParts; ++i) {
    const auto& count = split.counts[i];
    record.parts[std::string(name_of(static_cast<dataset::Part>(i)))] = {static_cast<std::int64_t>(count.rows),
                                                                         static_cast<std::int64_t>(count.positives)};
  }
  return record;
}

std::vector<ExecutionRecord::Guard> guard_records(const std::vector<dataset::GuardFinding>& findings) {
  std::vector<ExecutionRecord::Guard> guards;
  for (const auto& finding : findings)
    guards.push_back({finding.guard, finding.status, static_cast<std::int64_t>(finding.rows_checked),
                      static_cast<std::int64_t>(finding.rows_offending), finding.sample_keys, finding.note});
  return guards;
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
  record.split = split_record(execution.dataset.split, profile.split.embargo_hours);
  record.leakage_guards = guard_records(execution.dataset.findings);
  record.engine = engine_record(execution);
  record.circumstance = circumstance_of(execution.workshop);
  return record;
}

}  // namespace mf::factory
