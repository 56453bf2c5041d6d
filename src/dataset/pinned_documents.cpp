#include "dataset/pinned_documents.hpp"

#include <nlohmann/json.hpp>

#include "mf/error.hpp"
#include "mf/identity/recipes.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetManifest;
using contracts::DatasetMaterialization;
using nlohmann::json;

contracts::LabelBasis label_basis_of(const PinSettings& settings) {
  return {settings.label_asof, settings.resolution_rule, settings.maturity_days};
}

json columns_json(const std::vector<DatasetMaterialization::Column>& columns) {
  json list = json::array();
  for (const auto& column : columns)
    list.push_back({{"name", column.name}, {"type", column.type}, {"roles", column.roles}});
  return list;
}

json label_basis_json(const contracts::LabelBasis& basis) {
  json out = {{"label_asof_utc", basis.label_asof_utc}, {"resolution_rule", basis.resolution_rule}};
  if (basis.maturity_days) out["maturity_days"] = *basis.maturity_days;
  return out;
}

/// What the dataset is, by content and meaning: recipe mf.pinned_dataset.v1 in docs/formats/identity.md.
std::string dataset_fingerprint(const PinSettings& settings, const DatasetMaterialization& materialization) {
  json files = json::array();
  for (const auto& file : materialization.files) files.push_back(file.sha256);
  const json payload = {
      {"files", files},
      {"columns", columns_json(materialization.columns)},
      {"label_basis", label_basis_json(label_basis_of(settings))},
      {"feature_definition_set",
       {{"feature_set_id", settings.feature_set_id}, {"feature_set_version", settings.feature_set_version}}},
      {"platform_run_id", settings.platform_run_id}};
  return identity::document_digest({{"recipe", "mf.pinned_dataset.v1"}, {"payload", payload}});
}

void describe_materialization(DatasetMaterialization& of, const PinSettings& settings, const PinnedFile& file) {
  of.schema_version = "learning.dataset_materialization.v1";
  of.platform_run_id = settings.platform_run_id;
  of.format = settings.format;
  of.files = {{"", to_hex(file.bytes.sha256), file.bytes.bytes, file.coverage.rows}};
  of.row_count = file.coverage.rows;
  of.readiness = {"COMPLETE", "READY_FOR_TRAINING"};
  of.dataset_fingerprint = dataset_fingerprint(settings, of);
  of.dataset_manifest_id = identity::dataset_manifest_id(of.dataset_fingerprint);
}

void describe_manifest(DatasetManifest& of, const PinSettings& settings, const PinnedFile& file) {
  of.schema_version = "learning.dataset_manifest.v1";
  of.platform_run_id = settings.platform_run_id;
  of.replay_basis = {{"file", 0, "row", "0", std::to_string(file.coverage.rows - 1)}};
  of.label_basis = label_basis_of(settings);
  of.feature_definition_set = {settings.feature_set_id, settings.feature_set_version};
  of.join_scope = {{"platform_run_id", settings.columns.id}};
  of.sampling = {"none"};
  of.label_coverage = file.coverage;
  of.provenance = {settings.ofs_code_release_id, settings.config_revision, {}};
}

}  // namespace

void require_features(const PinnedDataset& pinned, const std::string& file_name) {
  if (!pinned.materialization.with_role("feature").empty()) return;
  throw Error(Code::DATA_INVALID,
              file_name + ": no column is left that could be a feature: none of the others is numeric",
              {{"file", file_name}}, "Add numeric columns; text cannot be a feature.");
}

void require_both_classes(const contracts::DatasetManifest::LabelCoverage& coverage, const std::string& file_name) {
  if (coverage.positive > 0 && coverage.positive < coverage.labelled) return;
  const std::string what = coverage.labelled == 0 ? "no row has a label"
                                                  : "all " + std::to_string(coverage.labelled) + " known labels are " +
                                                        (coverage.positive == 0 ? "0 (legitimate)" : "1 (fraud)");
  throw Error(Code::DATA_INVALID, file_name + ": " + what + ", so there is nothing to tell apart",
              {{"file", file_name}}, "Pin rows of both classes, and check that the label column is the right one.");
}

void describe(PinnedDataset& pinned, const PinSettings& settings, const PinnedFile& file) {
  describe_materialization(pinned.materialization, settings, file);
  describe_manifest(pinned.manifest, settings, file);
  pinned.manifest.dataset_fingerprint = pinned.materialization.dataset_fingerprint;
  pinned.manifest.dataset_manifest_id = pinned.materialization.dataset_manifest_id;
}

}  // namespace mf::dataset
