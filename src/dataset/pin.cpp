#include "mf/dataset/pin.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "dataset/column_facts.hpp"
#include "dataset/csv_reader.hpp"
#include "dataset/hashed_blocks.hpp"
#include "dataset/pin_choices.hpp"
#include "dataset/pin_types.hpp"
#include "mf/dataset/rows.hpp"
#include "mf/error.hpp"
#include "mf/identity/recipes.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetManifest;
using contracts::DatasetMaterialization;
using nlohmann::json;

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
    survey_.columns = choose_columns(settings, csv_.fields(), file_name_);
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
  CsvReader csv(bytes, file_name);
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

void require_features(const Survey& survey, const std::string& file_name) {
  const auto is_feature = [](const ChosenColumn& column) { return column.is(Role::feature); };
  if (std::any_of(survey.columns.begin(), survey.columns.end(), is_feature)) return;
  throw Error(Code::DATA_INVALID,
              file_name + ": no column is left that could be a feature: none of the others is numeric",
              {{"file", file_name}}, "Add numeric columns; text cannot be a feature.");
}

void require_both_classes(const DatasetManifest::LabelCoverage& coverage, const std::string& file_name) {
  if (coverage.positive > 0 && coverage.positive < coverage.labelled) return;
  const std::string what = coverage.labelled == 0 ? "no row has a label"
                                                  : "all " + std::to_string(coverage.labelled) + " known labels are " +
                                                        (coverage.positive == 0 ? "0 (legitimate)" : "1 (fraud)");
  throw Error(Code::DATA_INVALID, file_name + ": " + what + ", so there is nothing to tell apart",
              {{"file", file_name}}, "Pin rows of both classes, and check that the label column is the right one.");
}

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

void describe_materialization(DatasetMaterialization& of, const PinSettings& settings, const Survey& survey) {
  of.schema_version = "learning.dataset_materialization.v1";
  of.platform_run_id = settings.platform_run_id;
  of.format = "csv";
  of.files = {{"", to_hex(survey.bytes.sha256), survey.bytes.bytes, survey.coverage.rows}};
  of.row_count = survey.coverage.rows;
  of.readiness = {"COMPLETE", "READY_FOR_TRAINING"};
  of.dataset_fingerprint = dataset_fingerprint(settings, of);
  of.dataset_manifest_id = identity::dataset_manifest_id(of.dataset_fingerprint);
}

void describe_manifest(DatasetManifest& of, const PinSettings& settings, const Survey& survey) {
  of.schema_version = "learning.dataset_manifest.v1";
  of.platform_run_id = settings.platform_run_id;
  of.replay_basis = {{"file", 0, "row", "0", std::to_string(survey.coverage.rows - 1)}};
  of.label_basis = label_basis_of(settings);
  of.feature_definition_set = {settings.feature_set_id, settings.feature_set_version};
  of.join_scope = {{"platform_run_id", settings.columns.id}};
  of.sampling = {"none"};
  of.label_coverage = survey.coverage;
  of.provenance = {settings.ofs_code_release_id, settings.config_revision, {}};
}

}  // namespace

PinnedDataset pin_csv(const PinSettings& settings, store::Source& file, const std::string& file_name) {
  require_complete(settings);
  Survey survey = survey_file(settings, file, file_name);
  PinnedDataset pinned;
  declare_columns(pinned, survey, settings, file_name);
  require_features(survey, file_name);
  require_both_classes(survey.coverage, file_name);
  describe_materialization(pinned.materialization, settings, survey);
  describe_manifest(pinned.manifest, settings, survey);
  pinned.manifest.dataset_fingerprint = pinned.materialization.dataset_fingerprint;
  pinned.manifest.dataset_manifest_id = pinned.materialization.dataset_manifest_id;
  return pinned;
}

}  // namespace mf::dataset
