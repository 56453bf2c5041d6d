#include "dataset/pin_parquet.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "dataset/parquet_reader.hpp"
#include "dataset/pin_choices.hpp"
#include "dataset/pinned_documents.hpp"
#include "dataset/row_appender.hpp"
#include "dataset/row_file.hpp"
#include "mf/dataset/row_source.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetManifest;
using contracts::DatasetMaterialization;
using Column = ParquetReader::Column;

constexpr std::size_t kBatchRows = 65'536;

/// The type of a number as a feature; nothing for what is no number.
std::optional<ColumnType> number_type(const ArrowType& in_file) {
  if (in_file.kind == ArrowType::Kind::boolean) return ColumnType::boolean;
  for (const auto type : {ColumnType::int64, ColumnType::float32}) {
    if (reads_as(in_file, type)) return type;
  }
  return {};
}

ColumnType number_type_for(const ChosenColumn& column, const ArrowType& in_file) {
  const auto number = number_type(in_file).value_or(ColumnType::float32);
  // Money is not cut to the digits of a float.
  const bool quantity = column.is(Role::amount) || column.is(Role::weight);
  return quantity && number == ColumnType::float32 ? ColumnType::float64 : number;
}

/// The type that the column's purposes ask for, which the file may not have.
ColumnType wanted_type(const ChosenColumn& column, const ArrowType& in_file, ColumnType time_type) {
  if (column.is(Role::label)) return in_file.is_real() ? ColumnType::float32 : ColumnType::boolean;
  if (all_roles_in(column, kTimeRoles)) return time_type;
  if (column.is(Role::category)) return ColumnType::string;
  if (!all_roles_in(column, kNameRoles)) return number_type_for(column, in_file);
  const bool only_a_slice = !column.is(Role::subject_key) && !column.is(Role::entity_key);
  if (only_a_slice && in_file.kind == ArrowType::Kind::boolean) return ColumnType::boolean;
  return in_file.is_whole() ? ColumnType::int64 : ColumnType::string;
}

ColumnType type_for_roles(const ChosenColumn& column, const ArrowType& in_file, ColumnType time_type,
                          const std::string& file_name) {
  const auto type = wanted_type(column, in_file, time_type);
  if (reads_as(in_file, type)) return type;
  throw Error(Code::DATA_INVALID,
              file_name + ", column '" + column.name + "': expected " + std::string(name_of(type)) +
                  ", the file holds " + in_file.name,
              {{"file", file_name}, {"column", column.name}},
              "Write the column in a type that fits; docs/formats/dataset_materialization.v1.md tells which do.");
}

void declare(DatasetMaterialization& of, const ChosenColumn& column, ColumnType type) {
  of.columns.push_back({column.name, std::string(name_of(type)), {}});
  for (const auto role : column.roles) of.columns.back().roles.emplace_back(name_of(role));
}

std::vector<ChosenColumn> chosen_columns(const PinSettings& settings, const std::vector<Column>& columns,
                                         const std::string& file_name) {
  std::vector<std::string_view> names;
  for (const auto& column : columns) names.emplace_back(column.name);
  return choose_columns(settings, {names, file_name, HeaderPlace::schema});
}

/// Declares the chosen columns and, unless features were named, the numeric ones among the rest.
void declare_columns(PinnedDataset& pinned, const PinSettings& settings, const std::vector<Column>& columns,
                     const std::string& file_name) {
  const auto time_type = parse_column_type(settings.time_type).value();
  const bool named = !settings.columns.features.empty();
  auto chosen = chosen_columns(settings, columns, file_name);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ArrowType& in_file = columns[i].type;
    if (chosen[i].roles.empty() && !named && number_type(in_file)) chosen[i].roles = {Role::feature};
    if (chosen[i].roles.empty()) {
      pinned.left_out.push_back({chosen[i].name, named ? "it was not named" : "it holds " + in_file.name});
      continue;
    }
    declare(pinned.materialization, chosen[i], type_for_roles(chosen[i], in_file, time_type, file_name));
  }
}

void count_labels(const Rows& rows, DatasetManifest::LabelCoverage& coverage) {
  coverage.rows += static_cast<std::int64_t>(rows.size());
  coverage.labelled +=
      static_cast<std::int64_t>(rows.size()) - std::count(rows.labels.begin(), rows.labels.end(), Rows::kUnknownLabel);
  coverage.positive += std::count(rows.labels.begin(), rows.labels.end(), std::int8_t{1});
}

/// Reads every row as training will, which throws for the first value that does not fit.
PinnedFile survey(const DatasetMaterialization& declared, std::string_view bytes, const std::string& file_name) {
  const RowLayout layout = layout_of(declared);
  const auto file = open_parquet_file({layout, declared, file_name}, store::access_to(bytes));
  Rows rows = empty_rows(layout, kBatchRows);
  PinnedFile found;
  while (file->append_to(rows, kBatchRows) > 0) {
    count_labels(rows, found.coverage);
    clear(rows);
  }
  found.bytes = file->finish();
  if (found.coverage.rows == 0) throw Error(Code::DATA_EMPTY, file_name + ": the file has columns but no rows");
  return found;
}

}  // namespace

PinnedDataset pin_parquet(const PinSettings& settings, std::string_view bytes, const std::string& file_name) {
  require_complete(settings);
  PinnedDataset pinned;
  const auto access = store::access_to(bytes);
  declare_columns(pinned, settings, ParquetReader(*access, file_name).columns(), file_name);
  require_features(pinned, file_name);
  const PinnedFile found = survey(pinned.materialization, bytes, file_name);
  require_both_classes(found.coverage, file_name);
  describe(pinned, settings, found);
  return pinned;
}

}  // namespace mf::dataset
