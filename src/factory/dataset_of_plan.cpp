#include "factory/dataset_of_plan.hpp"

#include <algorithm>

#include "factory/adoption.hpp"
#include "factory/materialization_check.hpp"
#include "mf/contracts/document.hpp"
#include "mf/dataset/row_source.hpp"

namespace mf::factory {
namespace {

using contracts::DatasetMaterialization;
using contracts::ResolvedTrainPlan;

constexpr std::size_t kPortion = 16'384;  // rows
constexpr const char* kByEntity = "entity_hash";
constexpr const char* kAllTest = "all_test";
constexpr const char* kEvaluationRole = "evaluation";

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

/// Each row passes the guards over single rows on its way to disk.
dataset::SpilledRows read_rows(const Stage& stage, const std::vector<DatasetMaterialization>& materializations,
                               dataset::RowGuards& guards) {
  const auto source = dataset::open_rows(stage.store(), materializations, stage.workshop.threads);
  dataset::Rows portion = source->empty(kPortion);
  dataset::SpilledRows rows(stage.workshop.scratch_folder, portion, source->promised());
  while (source->append_to(portion, kPortion) > 0) {
    guards.see(portion);
    rows.append(portion);
    dataset::clear(portion);
    stage.workshop.journal.progress("reading rows", rows.size(), source->promised());
  }
  return rows;
}

std::vector<DatasetPurpose> purposes_of(const store::ArtifactStore& store, const ResolvedTrainPlan& plan) {
  std::vector<DatasetPurpose> purposes;
  for (const auto& lock : plan.canonical_manifests()) {
    const auto manifest =
        contracts::read_json<contracts::DatasetManifest>(locked_manifest(store, lock), lock.manifest_ref);
    purposes.push_back({lock.manifest_ref, manifest.dataset_role, manifest.sampling, lock.materialization.row_count});
  }
  return purposes;
}

/// Rows come in the order of the manifests.
dataset::EvaluationRows evaluation_rows(const std::vector<DatasetPurpose>& purposes) {
  dataset::EvaluationRows ranges;
  std::size_t first = 0;
  for (const auto& purpose : purposes) {
    const std::size_t end = first + static_cast<std::size_t>(purpose.rows);
    if (purpose.role == kEvaluationRole) ranges.push_back({first, end});
    first = end;
  }
  return ranges;
}

/// Features in the order of the candidate's model, which takes them by place.
void put_in_order(const std::vector<std::string>& names, DatasetMaterialization& first) {
  const auto place_of = [&](const DatasetMaterialization::Column& column) {
    return column.has_role("feature") ? std::ranges::find(names, column.name) - names.begin() : -1;
  };
  std::ranges::stable_sort(first.columns, {}, place_of);
}

/// What the model of the plan knows before it has seen a row: nothing, unless it is that of a bundle.
std::optional<contracts::ScoringContract> known_before(const Stage& stage, const ResolvedTrainPlan& plan) {
  if (!plan.candidate) return {};
  return read_locked_bundle([&] { return open_registry(stage.workshop); }, *plan.candidate).scoring;
}

dataset::Split split_rows(const dataset::SpilledRows& rows, const dataset::LabelHorizon& horizon,
                          const contracts::TrainingProfile& profile, const dataset::EvaluationRows& evaluation) {
  if (profile.split_strategy == kAllTest) return dataset::split_all_test(rows.facts(), horizon);
  auto split = profile.split_strategy == kByEntity
                   ? dataset::split_by_entity(rows, horizon, profile.split, evaluation)
                   : dataset::split_by_time(rows.facts(), horizon, profile.split, evaluation);
  if (profile.sampling) dataset::sample_negatives(rows, *profile.sampling, split);
  return split;
}

PreparedDataset prepare(const Stage& stage, const ResolvedTrainPlan& plan, const contracts::TrainingProfile& profile) {
  auto materializations = locked_materializations(stage.store(), plan);
  const auto candidate = known_before(stage, plan);
  if (candidate) put_in_order(feature_names_of(*candidate), materializations.front());
  const auto horizon = horizon_of(plan);
  dataset::RowGuards guards(horizon.label_asof);
  auto rows = read_rows(stage, materializations, guards);
  auto row_findings = guards.findings();
  row_findings.push_back(dataset::check_keys(rows));
  dataset::require_clear(row_findings);
  auto purposes = purposes_of(stage.store(), plan);
  auto split = split_rows(rows, horizon, profile, evaluation_rows(purposes));
  auto findings = dataset::check_split(rows, split, profile.leakage, stage.workshop.threads);
  dataset::require_clear(findings.guards);
  rows.forget_guarded();
  auto categories = candidate ? dataset::Categories(rows, categories_of(*candidate)) : dataset::Categories(rows, split);
  return {plan.input_fingerprint,
          std::move(rows),
          std::move(split),
          std::move(categories),
          std::move(row_findings),
          std::move(findings),
          feature_types_of(materializations),
          std::move(purposes)};
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
