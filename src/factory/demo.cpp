#include "mf/factory/demo.hpp"

#include <array>
#include <filesystem>
#include <set>

#include "factory/demo_documents.hpp"
#include "factory/kept_dataset.hpp"
#include "mf/dataset/demo_cards.hpp"
#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"
#include "mf/identity/ref.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;
using Put = store::ArtifactStore::Put;

[[noreturn]] void refuse(const std::string& folder, const std::string& entry) {
  throw Error(Code::DESTINATION_NOT_EMPTY, folder + " already holds another " + entry,
              {{"folder", folder}, {"entry", entry}},
              "Name a new or empty folder, or repeat the choices that the demo there was made with.");
}

void prepare_folder(const std::string& folder) {
  const std::set<std::string> own = {"mf.yaml", "request.json", "store", "registry"};
  std::error_code problem;
  fs::create_directories(fs::path(folder) / "store", problem);
  if (!problem) fs::create_directories(fs::path(folder) / "registry", problem);
  if (problem) refuse_named_file("make", "the folder " + folder, problem.value());
  fs::directory_iterator entry(folder, problem);
  for (; !problem && entry != fs::directory_iterator(); entry.increment(problem))
    if (!own.contains(entry->path().filename().string())) refuse(folder, entry->path().filename().string());
  if (problem) refuse_named_file("look into", "the folder " + folder, problem.value());
}

dataset::PinSettings settings_of(const dataset::DemoCards& cards) {
  dataset::PinSettings settings;
  settings.platform_run_id = kDemoPlatformRun;
  settings.label_asof = to_string(cards.label_asof);
  settings.maturity_days = cards.maturity_days;
  settings.feature_set_id = "card_features";
  settings.feature_set_version = "v1";
  settings.ofs_code_release_id = "mf:demo";
  settings.config_revision = "demo@r1";
  auto& columns = settings.columns;
  for (const auto& column : cards.columns) {
    if (column.has_role("subject_key")) columns.id = column.name;
    if (column.has_role("event_time")) columns.time = column.name;
    if (column.has_role("label")) columns.label = column.name;
    if (column.has_role("label_observed_time")) columns.label_time = column.name;
    if (column.has_role("feature_time")) columns.feature_time = column.name;
    if (column.has_role("entity_key")) columns.entity = column.name;
    if (column.has_role("amount")) columns.amount = column.name;
    if (column.has_role("slice")) columns.slices.push_back(column.name);
    if (column.has_role("feature")) columns.features.push_back(column.name);
  }
  return settings;
}

/// Another demo's dataset must not end up beside this one's: looked at before anything is written.
void require_free(const store::ArtifactStore& place, const std::string& folder, const std::string& key,
                  const std::string& text) {
  if (const auto standing = place.find(key); standing && *standing != text) refuse(folder, key);
}

/// The manifest's ref, known before anything is written.
std::string manifest_ref_of(const std::string& csv, const dataset::PinnedDataset& pinned) {
  const auto rehearsal = store::open_memory();
  const auto kept = keep_dataset(*rehearsal, csv, pinned);
  return identity::pinned(kept.manifest_ref, kept.manifest_sha256);
}

void keep_text(store::ArtifactStore& place, const std::string& folder, const std::string& key,
               const std::string& text) {
  if (place.put_if_absent(key, text) == Put::conflict) refuse(folder, key);
}

}  // namespace

Result write_demo(const std::string& folder, const DemoChoices& choices, observability::Journal& journal) {
  prepare_folder(folder);
  journal.say("making " + std::to_string(choices.transactions) + " card transactions over 90 days");
  dataset::DemoSettings cards_settings;
  cards_settings.seed = choices.seed;
  cards_settings.transactions = choices.transactions;
  const auto cards = dataset::make_demo_cards(cards_settings);
  const auto source = store::source_of(cards.csv);
  const auto pinned = dataset::pin_csv(settings_of(cards), *source, "the demo's transactions");

  const std::string request = demo_request(manifest_ref_of(cards.csv, pinned));
  const auto objects = store::open_filesystem((fs::path(folder) / "store").string());
  const auto place = store::open_filesystem(folder);
  require_free(*place, folder, "mf.yaml", demo_platform_profile());
  require_free(*place, folder, "request.json", request);
  journal.say("writing dataset, profiles and request to " + folder);
  const auto kept = keep_dataset(*objects, cards.csv, pinned);
  keep_text(*objects, folder, kDemoTrainingProfile, demo_training_profile());
  keep_text(*objects, folder, kDemoGovernanceProfile, demo_governance_profile());
  keep_text(*place, folder, "request.json", request);
  keep_text(*place, folder, "mf.yaml", demo_platform_profile());

  Result result;
  result.outcome = "DEMO_WRITTEN";
  result.refs = {{"dataset_manifest_ref", kept.manifest_ref},
                 {"materialization_ref", kept.materialization_ref},
                 {"data_ref", kept.data_ref}};
  result.figures = {
      {"rows", cards.rows}, {"labelled", cards.labelled}, {"positive", cards.positive}, {"folder", folder}};
  result.lines = {std::to_string(cards.rows) + " transactions, " + std::to_string(cards.labelled) + " labelled, " +
                      std::to_string(cards.positive) + " of them fraud",
                  "profile: " + folder + "/mf.yaml", "request: " + folder + "/request.json"};
  result.next = "mf --profile " + folder + "/mf.yaml run " + folder + "/request.json";
  return result;
}

}  // namespace mf::factory
