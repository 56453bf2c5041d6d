#include "factory/dataset_of_plan.hpp"

#include <algorithm>

#include "factory/materialization_check.hpp"
#include "mf/dataset/read_rows.hpp"

namespace mf::factory {
namespace {

using contracts::DatasetMaterialization;
using contracts::ResolvedTrainPlan;

dataset::LabelHorizon horizon_of(const ResolvedTrainPlan& plan) {
  const auto& first = plan.dataset_manifests.front();
  const auto as_of = parse_utc(first.label_asof_utc);
  if (!as_of)
    throw Error(Code::MANIFEST_INVALID, first.manifest_ref + ": /label_basis/label_asof_utc is no RFC 3339 time",
                {{"ref", first.manifest_ref}, {"pointer", "/label_basis/label_asof_utc"}},
                "Write it as 2026-02-10T00:00:00Z.");
  dataset::LabelHorizon horizon{*as_of, first.maturity_days};
  // The longest maturity of the set holds for all of it.
  for (const auto& manifest : plan.dataset_manifests)
    if (manifest.maturity_days.value_or(0) > horizon.maturity_days.value_or(0))
      horizon.maturity_days = manifest.maturity_days;
  return horizon;
}

/// How much of what a feature can hold a type holds. Types of instants never differ within a dataset.
std::ptrdiff_t width_of(const std::string& type) {
  static const std::vector<std::string> kNarrowFirst = {"bool", "int64", "float32", "float64"};
  return std::find(kNarrowFirst.begin(), kNarrowFirst.end(), type) - kNarrowFirst.begin();
}

PreparedDataset prepare(const Stage& stage, const ResolvedTrainPlan& plan, const contracts::TrainingProfile& profile) {
  auto& journal = stage.workshop.journal;
  const auto materializations = locked_materializations(stage.store(), plan);
  PreparedDataset prepared;
  prepared.input_fingerprint = plan.input_fingerprint;
  prepared.feature_types = feature_types_of(materializations);
  prepared.rows = dataset::read_rows(
      stage.store(), materializations,
      [&](std::size_t rows, std::size_t of) { journal.progress("reading rows", rows, of); }, stage.workshop.threads);
  const auto horizon = horizon_of(plan);
  prepared.findings = dataset::check_rows(prepared.rows, horizon.label_asof);
  dataset::require_clear(prepared.findings);
  prepared.split = dataset::split_by_time(prepared.rows, horizon, profile.split);
  const auto of_split = dataset::check_split(prepared.rows, prepared.split, profile.leakage, stage.workshop.threads);
  dataset::require_clear(of_split);
  prepared.findings.insert(prepared.findings.end(), of_split.begin(), of_split.end());
  return prepared;
}

}  // namespace

std::vector<std::string> feature_types_of(const std::vector<DatasetMaterialization>& materializations) {
  std::vector<std::string> types;
  for (const auto* feature : materializations.front().with_role("feature")) {
    types.push_back(feature->type);
    for (const auto& other : materializations)
      for (const auto* column : other.with_role("feature"))
        if (column->name == feature->name && width_of(column->type) > width_of(types.back()))
          types.back() = column->type;
  }
  return types;
}

std::shared_ptr<const PreparedDataset> prepare_dataset(const Stage& stage, const ResolvedTrainPlan& plan,
                                                       const contracts::TrainingProfile& profile) {
  auto& earlier = stage.workshop.prepared;
  if (!earlier || earlier->input_fingerprint != plan.input_fingerprint)
    earlier = std::make_shared<const PreparedDataset>(prepare(stage, plan, profile));
  return earlier;
}

}  // namespace mf::factory
