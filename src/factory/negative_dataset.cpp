#include "factory/negative_dataset.hpp"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "mf/identity/digest.hpp"
#include "mf/identity/ref.hpp"
#include "mf/store/layout.hpp"
#include "mf/time.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;
namespace layout = store::layout;

constexpr const char* kAsOf = "2026-06-01T00:00:00Z";
constexpr const char* kLabelRule = "observed_time<=label_asof_utc";
constexpr UtcTime kFirst{1'767'225'600 * kMicrosecondsPerSecond};  // 2026-01-01T00:00:00Z

struct MadeColumn {
  const char* name;
  const char* type;
  const char* roles;  // joined by a space
};

constexpr MadeColumn kColumns[] = {
    {"event_id", "string", "subject_key"},
    {"event_time", "timestamp", "event_time"},
    {"card", "string", "entity_key"},
    {"is_fraud", "bool", "label"},
    {"label_time", "timestamp", "label_observed_time"},
    {"feature_time", "timestamp", "feature_time"},
    {"amount", "float64", "amount feature"},
    {"velocity", "float32", "feature"},
    {"noise", "float32", "feature"},
};

/// Knuth's MMIX generator: whole numbers alone, so the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::int64_t>((state_ >> 33U) % static_cast<std::uint64_t>(bound));
  }

 private:
  std::uint64_t state_;
};

std::string hours_on(std::int64_t hours) {
  return to_string(UtcTime{kFirst.microseconds + hours * 3600 * kMicrosecondsPerSecond});
}

/// `hundredths` with two decimals.
std::string decimal(std::int64_t hundredths) {
  const std::string rest = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

std::string column_name(const MadeDataset& dataset, const std::string& name) {
  const auto found = dataset.renamed.find(name);
  return found == dataset.renamed.end() ? name : found->second;
}

std::string csv_of(const MadeDataset& dataset) {
  std::string text;
  for (const auto& column : kColumns) text += (text.empty() ? "" : ",") + column_name(dataset, column.name);
  text += "\n";
  for (const auto& row : dataset.rows) {
    std::string line;
    for (const auto& column : kColumns) line += (line.empty() ? "" : ",") + row.at(column.name);
    text += line + "\n";
  }
  return text;
}

json columns_of(const MadeDataset& dataset) {
  json columns = json::array();
  for (const auto& column : kColumns) {
    json roles = json::array();
    const std::string all = column.roles;
    const auto space = all.find(' ');
    roles.push_back(all.substr(0, space));
    if (space != std::string::npos) roles.push_back(all.substr(space + 1));
    columns.push_back({{"name", column_name(dataset, column.name)}, {"type", column.type}, {"roles", roles}});
  }
  return columns;
}

json materialization_of(const MadeDataset& dataset, const MadeFile& data) {
  json document = {{"schema_version", "learning.dataset_materialization.v1"},
                   {"dataset_manifest_id", dataset.name},
                   {"dataset_fingerprint", identity::sha256_hex(dataset.name)},
                   {"platform_run_id", kMadePlatformRun},
                   {"format", "csv"},
                   {"files",
                    {{{"ref", data.key},
                      {"sha256", identity::sha256_hex(data.bytes)},
                      {"bytes", data.bytes.size()},
                      {"rows", dataset.rows.size()}}}},
                   {"row_count", dataset.rows.size()},
                   {"columns", columns_of(dataset)},
                   {"readiness", {{"replay_status", "COMPLETE"}, {"label_status", "READY_FOR_TRAINING"}}}};
  if (dataset.of_materialization) dataset.of_materialization(document);
  return document;
}

json manifest_of(const MadeDataset& dataset, const MadeFile& materialization) {
  json document = {
      {"schema_version", "learning.dataset_manifest.v1"},
      {"dataset_manifest_id", dataset.name},
      {"dataset_fingerprint", identity::sha256_hex(dataset.name)},
      {"platform_run_id", kMadePlatformRun},
      {"materialization_ref", identity::pinned(materialization.key, identity::sha256_hex(materialization.bytes))},
      {"replay_basis",
       {{{"topic", "fp.bus.traffic.fraud.v1"},
         {"partition", 0},
         {"offset_kind", "kinesis_sequence"},
         {"start_offset", "0"},
         {"end_offset", "9"}}}},
      {"label_basis", {{"label_asof_utc", kAsOf}, {"resolution_rule", kLabelRule}, {"maturity_days", 30}}},
      {"feature_definition_set", {{"feature_set_id", "payments"}, {"feature_set_version", "v1"}}},
      {"join_scope", {{"subject_key", {"event_id"}}}},
      {"sampling", {{"rule", "none"}}},
      {"label_coverage",
       {{"rows", dataset.rows.size()}, {"labelled", dataset.rows.size()}, {"positive", dataset.rows.size() / 5}}},
      {"provenance", {{"ofs_code_release_id", "git:made"}, {"config_revision", "made@r1"}}}};
  if (dataset.of_manifest) dataset.of_manifest(document);
  return document;
}

}  // namespace

std::vector<PaymentRow> made_payments(std::int64_t count, std::uint64_t seed) {
  Dice dice(seed);
  std::vector<PaymentRow> rows;
  for (std::int64_t i = 0; i < count; ++i) {
    const bool fraud = i % 5 == 0;
    rows.push_back({{"event_id", "e" + std::to_string(seed) + "x" + std::to_string(i)},
                    {"event_time", hours_on(i)},
                    {"card", "c" + std::to_string(dice.below(40))},
                    {"is_fraud", fraud ? "1" : "0"},
                    {"label_time", hours_on(i + 48)},
                    {"feature_time", hours_on(i)},
                    {"amount", decimal((fraud ? 3500 : 500) + dice.below(2500) + dice.below(2500))},
                    {"velocity", decimal((fraud ? 180 : 0) + dice.below(150) + dice.below(150))},
                    {"noise", decimal(dice.below(100))}});
  }
  return rows;
}

std::vector<MadeFile> files_of(const MadeDataset& dataset) {
  const MadeFile data{layout::dataset_file(kMadePlatformRun, dataset.name, "part-00000.csv"),
                      dataset.text.value_or(csv_of(dataset))};
  const MadeFile materialization{layout::materialization(kMadePlatformRun, dataset.name),
                                 materialization_of(dataset, data).dump()};
  const MadeFile manifest{layout::dataset_manifest(kMadePlatformRun, dataset.name),
                          manifest_of(dataset, materialization).dump()};
  return {data, materialization, manifest};
}

json made_platform_profile() {
  return {{"schema_version", "mf.platform_profile.v1"},
          {"profile_id", "negative"},
          {"environment", "local"},
          {"object_store", {{"class", "filesystem"}, {"root", "store"}}},
          {"registry", {{"class", "object_store"}, {"root", "registry"}}},
          {"require_pinned_refs", false},
          {"service_release_id", "mf:negative"},
          {"actor", {{"actor_id", "SYSTEM::mf_prove"}, {"source_type", "SYSTEM"}}},
          {"threads", 1}};
}

json made_training_profile() {
  return {{"schema_version", "mf.training_profile.v1"},
          {"policy_id", "mf.train.policy.v1"},
          {"revision", "r1"},
          {"feature_definition_set", {{"feature_set_id", "payments"}, {"feature_set_version", "v1"}}},
          {"expected_manifest_schema_version", "learning.dataset_manifest.v1"},
          {"label_resolution_rule", kLabelRule},
          {"algorithm_id", "xgboost.gbtree"},
          {"algorithm", {{"rounds", 4}, {"params", {{"max_depth", 3}, {"eta", 0.3}, {"max_bin", 64}}}}},
          {"split_strategy", "time_based"},
          {"split", {{"train", 0.6}, {"validation", 0.2}, {"test", 0.2}, {"embargo_hours", 0}}},
          {"seed_policy", {{"recipe", "mf.phase4.seed.v0"}, {"base_seed", 31}}},
          {"leakage", {{"suspect_single_feature_auc", 0.999}, {"forbid_entity_overlap", false}}},
          {"evaluation", {{"top_k", {20}}, {"alert_rates", {0.1}}}}};
}

json made_governance_profile() {
  return {{"schema_version", "mf.governance_profile.v1"},
          {"policy_id", "mf.governance.policy.v1"},
          {"revision", "r1"},
          {"criteria",
           {{{"id", "ranking"}, {"metric", "auc_roc"}, {"part", "test"}, {"at_least", 0.7}, {"severity", "block"}}}}};
}

json made_request(const std::string& manifest_ref) {
  return {{"schema_version", "learning.mf_train_build_request.v0"},
          {"request_id", "negative-0001"},
          {"intent_kind", "baseline_train"},
          {"platform_run_id", kMadePlatformRun},
          {"dataset_manifest_refs", {manifest_ref}},
          {"training_config_ref", kMadeTrainingProfile},
          {"governance_profile_ref", kMadeGovernanceProfile},
          {"requester_principal", "SYSTEM::mf_prove"},
          {"target_scope", {{"environment", "local"}, {"mode", "fraud"}, {"bundle_slot", "primary"}}},
          {"policy_revision", "policy@r1"},
          {"config_revision", "config@r1"},
          {"mf_code_release_id", "mf:negative"},
          {"publish_allowed", true}};
}

}  // namespace mf::factory
