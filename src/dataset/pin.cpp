#include "mf/dataset/pin.hpp"

#include <algorithm>
#include <utility>

#include "dataset/column_facts.hpp"
#include "dataset/csv_reader.hpp"
#include "dataset/hashed_blocks.hpp"
#include "dataset/pin_choices.hpp"
#include "dataset/pin_parquet.hpp"
#include "dataset/pin_types.hpp"
#include "dataset/pinned_documents.hpp"
#include "dataset/unpacked_blocks.hpp"
#include "mf/dataset/rows.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetManifest;
using contracts::DatasetMaterialization;

/// Everything that one pass over the file tells.
struct Survey {
  std::vector<ChosenColumn> columns;
  std::vector<ColumnFacts> facts;  // one for each column
  DatasetManifest::LabelCoverage coverage;
  Fingerprint bytes;
};

std::optional<std::int8_t> label_in(std::string_view field) {
  const auto truth = parse_label(field, ColumnType::boolean);
  return truth ? truth : parse_label(field, ColumnType::float32);
}

class Surveyor {
 public:
  Surveyor(const PinSettings& settings, CsvReader& csv, const std::string& file_name)
      : csv_(csv), file_name_(file_name) {
    if (!csv_.next()) throw Error(Code::DATA_EMPTY, file_name_ + ": the file is empty, it has not even a header");
    survey_.columns = choose_columns(settings, {csv_.fields(), file_name_});
    for (std::size_t i = 0; i < survey_.columns.size(); ++i) {
      const bool chosen_time = !survey_.columns[i].roles.empty() && all_roles_in(survey_.columns[i], kTimeRoles);
      survey_.facts.emplace_back(chosen_time ? parse_column_type(settings.time_type).value() : ColumnType::timestamp);
      if (survey_.columns[i].is(Role::label)) label_ = i;
    }
  }

  Survey survey() {
    while (csv_.next()) see_record();
    if (survey_.coverage.rows == 0) throw Error(Code::DATA_EMPTY, file_name_ + ": the file has a header but no rows");
    return std::move(survey_);
  }

 private:
  void see_record() {
    const auto fields = csv_.fields();
    if (fields.size() != survey_.columns.size()) refuse_width(fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) survey_.facts[i].see(fields[i], csv_.line());
    count_label(fields[label_]);
  }

  void count_label(std::string_view field) {
    const auto label = label_in(field).value_or(Rows::kUnknownLabel);
    ++survey_.coverage.rows;
    if (label != Rows::kUnknownLabel) ++survey_.coverage.labelled;
    if (label == 1) ++survey_.coverage.positive;
  }

  [[noreturn]] void refuse_width(std::size_t width) const {
    throw Error(Code::DATA_INVALID,
                file_name_ + ", line " + std::to_string(csv_.line()) + ": the record has " + std::to_string(width) +
                    " fields, but the header has " + std::to_string(survey_.columns.size()),
                {{"file", file_name_}, {"line", std::to_string(csv_.line())}},
                "Give each record one field for each column; quote fields that hold commas.");
  }

  CsvReader& csv_;
  const std::string& file_name_;
  Survey survey_;
  std::size_t label_ = 0;
};

Survey survey_file(const PinSettings& settings, store::Source& file, const std::string& file_name) {
  HashedBlocks bytes(file);
  std::optional<UnpackedBlocks> text;
  if (const auto packing = packing_of(settings.format)) text.emplace(bytes, *packing, file_name);
  CsvReader csv(text ? static_cast<Blocks&>(*text) : bytes, file_name);
  Survey survey = Surveyor(settings, csv, file_name).survey();
  survey.bytes = bytes.finish();
  return survey;
}

std::string why_not_a_feature(const ColumnFacts& facts, bool features_were_named) {
  if (features_were_named) return "it was not named";
  if (!facts.has_values()) return "it is empty in every row";
  const auto& misfit = facts.misfit(Kind::number);
  return "line " + std::to_string(misfit.line) + " holds " + misfit.shape;
}

DatasetMaterialization::Column declared(const ChosenColumn& column, ColumnType type) {
  DatasetMaterialization::Column declared{column.name, std::string(name_of(type)), {}};
  for (const auto role : column.roles) declared.roles.emplace_back(name_of(role));
  return declared;
}

/// Declares the chosen columns and, unless features were named, the numeric ones among the rest.
void declare_columns(PinnedDataset& pinned, Survey& survey, const PinSettings& settings, const std::string& file_name) {
  const auto time_type = parse_column_type(settings.time_type).value();
  const bool named = !settings.columns.features.empty();
  for (std::size_t i = 0; i < survey.columns.size(); ++i) {
    ChosenColumn& column = survey.columns[i];
    if (column.roles.empty() && !named && number_type(survey.facts[i])) column.roles = {Role::feature};
    if (column.roles.empty()) {
      pinned.left_out.push_back({column.name, why_not_a_feature(survey.facts[i], named)});
      continue;
    }
    pinned.materialization.columns.push_back(
        declared(column, type_for_roles(column, survey.facts[i], time_type, file_name)));
  }
}

}  // namespace

PinnedDataset pin_csv(const PinSettings& settings, store::Source& file, const std::string& file_name) {
  require_complete(settings);
  Survey survey = survey_file(settings, file, file_name);
  PinnedDataset pinned;
  declare_columns(pinned, survey, settings, file_name);
  require_features(pinned, file_name);
  require_both_classes(survey.coverage, file_name);
  describe(pinned, settings, {survey.bytes, survey.coverage});
  return pinned;
}

PinnedDataset pin_file(const PinSettings& settings, std::string_view bytes, const std::string& file_name) {
  if (settings.format == "parquet") return pin_parquet(settings, bytes, file_name);
  return pin_csv(settings, *store::source_of(bytes), file_name);
}

}  // namespace mf::dataset
