// Reads CSV files as training does, and tells every row that it read, or the refusal, as JSON: for test_csv.py.
//
//   csv_rows FOLDER MATERIALIZATION < QUESTIONS
//
// Each line of stdin is a question, {"file": ..., "threads": ..., "block_bytes": ...}; each line of stdout is the
// answer,
// {"rows": [[key, event time, label, slices..., features...], ...]}, features as the bits of a float32, or {"code":
// ..., "message": ...}. The columns are those of the materialisation, whatever files it names.

#include <bit>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "dataset/row_appender.hpp"
#include "dataset/row_file.hpp"
#include "mf/dataset/row_source.hpp"
#include "mf/error.hpp"
#include "mf/store/artifact_store.hpp"

namespace {

using nlohmann::json;
using namespace mf;
using contracts::DatasetMaterialization;

json row_of(const dataset::Rows& rows, std::size_t i) {
  json row = {rows.keys[i], rows.event_time[i], rows.labels[i]};
  for (const auto& slice : rows.slices) row.push_back(slice.values[i]);
  for (std::size_t k = 0; k < rows.feature_names.size(); ++k)
    row.push_back(std::bit_cast<std::uint32_t>(rows.row(i)[k]));
  return row;
}

json answer(const store::ArtifactStore& store, const DatasetMaterialization& data, const json& question) {
  constexpr std::size_t kBatchRows = 7;
  const dataset::RowLayout layout = dataset::layout_of(data);
  const DatasetMaterialization::File file{question.at("file"), "", 0, 0};
  json told = json::array();
  try {
    const auto source = dataset::open_row_file(
        {store, layout, data, file, question.at("threads").get<int>(), question.at("block_bytes").get<std::size_t>()});
    dataset::Rows batch = dataset::empty_rows(layout, kBatchRows);
    for (; source->append_to(batch, kBatchRows) > 0; dataset::clear(batch))
      for (std::size_t i = 0; i < batch.size(); ++i) told.push_back(row_of(batch, i));
    source->finish();
  } catch (const Error& error) {
    return {{"code", error.row().name}, {"message", error.message()}};
  }
  return {{"rows", told}};
}

DatasetMaterialization materialization_in(const std::string& path) {
  DatasetMaterialization data;
  data.dataset_manifest_id = "dm_csv";
  data.format = "csv";
  const json declared = json::parse(std::ifstream(path));
  for (const auto& column : declared.at("columns"))
    data.columns.push_back({column.at("name"), column.at("type"), column.at("roles")});
  return data;
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return 64;
  try {
    const auto store = store::open_filesystem(words[1]);
    const DatasetMaterialization data = materialization_in(words[2]);
    for (std::string line; std::getline(std::cin, line);)
      std::cout << answer(*store, data, json::parse(line)).dump() << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "csv_rows: %s\n", error.what());
    return 1;
  }
}
