#include "mf/contracts/dataset_materialization.hpp"

#include <algorithm>

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, DatasetMaterialization::File& file) {
  visit("ref", file.ref);
  visit("sha256", file.sha256);
  visit("bytes", file.bytes);
  visit("rows", file.rows);
}

template <class V>
void describe(V& visit, DatasetMaterialization::Column& column) {
  visit("name", column.name);
  visit("type", column.type);
  visit("roles", column.roles);
}

template <class V>
void describe(V& visit, DatasetMaterialization::Readiness& readiness) {
  visit("replay_status", readiness.replay_status);
  visit("label_status", readiness.label_status);
}

template <class V>
void describe(V& visit, DatasetMaterialization& materialization) {
  visit("schema_version", materialization.schema_version);
  visit("dataset_manifest_id", materialization.dataset_manifest_id);
  visit("dataset_fingerprint", materialization.dataset_fingerprint);
  visit("platform_run_id", materialization.platform_run_id);
  visit("format", materialization.format);
  visit("files", materialization.files);
  visit("row_count", materialization.row_count);
  visit("columns", materialization.columns);
  visit("readiness", materialization.readiness);
}

MF_DOCUMENT(DatasetMaterialization)

bool DatasetMaterialization::Column::has_role(std::string_view role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

std::vector<const DatasetMaterialization::Column*> DatasetMaterialization::with_role(std::string_view role) const {
  std::vector<const Column*> found;
  for (const auto& column : columns)
    if (column.has_role(role)) found.push_back(&column);
  return found;
}

}  // namespace mf::contracts
