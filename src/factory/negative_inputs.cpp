#include <nlohmann/json.hpp>

#include "factory/negative_matrix.hpp"
#include "mf/identity/digest.hpp"
#include "mf/identity/ref.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;
using Act = std::function<Result(const NegativePlace&)>;

constexpr const char* kPhase = "resolution";
constexpr Come kAt = Come::laid_out;

const std::string kTraining = std::string("store/") + kMadeTrainingProfile;
const std::string kGovernance = std::string("store/") + kMadeGovernanceProfile;
const std::string kManifest = "store/" + store::layout::dataset_manifest(kMadePlatformRun, "dm_payments");
const std::string kData = "store/" + store::layout::dataset_file(kMadePlatformRun, "dm_payments", "part-00000.csv");

/// Does something wrong, then resolves.
Act resolved_with(std::function<void(const NegativePlace&)> mistake) {
  return [mistake = std::move(mistake)](const NegativePlace& place) {
    mistake(place);
    return place.tell(resolve);
  };
}

Act asked(std::string field, json value) {
  return resolved_with(
      [field = std::move(field), value = std::move(value)](const auto& place) { place.ask(field, value); });
}

Act edited(std::string file, NegativePlace::Change change) {
  return resolved_with(
      [file = std::move(file), change = std::move(change)](const auto& place) { place.edit(file, change); });
}

Act of_dataset(MadeDataset dataset) {
  return resolved_with([dataset = std::move(dataset)](const auto& place) { place.ask_for(dataset); });
}

MadeDataset with_manifest(MadeDataset::Change change) {
  MadeDataset dataset;
  dataset.of_manifest = std::move(change);
  return dataset;
}

MadeDataset with_materialization(MadeDataset::Change change) {
  MadeDataset dataset;
  dataset.of_materialization = std::move(change);
  return dataset;
}

/// Another dataset beside the one of the request.
Act beside(MadeDataset dataset) {
  return resolved_with([dataset = std::move(dataset)](const auto& place) {
    const auto first = place.request().dataset_manifest_refs.front();
    place.ask("dataset_manifest_refs", {first, place.put(dataset)});
  });
}

/// One manifest id, under two keys, with two fingerprints.
void name_two_contents(const NegativePlace& place) {
  json other = json::parse(place.read(kManifest));
  other["dataset_fingerprint"] = identity::sha256_hex("another dataset");
  place.write("store/elsewhere/manifest.json", other.dump());
  place.ask("dataset_manifest_refs", {place.request().dataset_manifest_refs.front(), "elsewhere/manifest.json"});
}

void unpin(const NegativePlace& place) {
  const auto ref = place.request().dataset_manifest_refs.front();
  place.ask("dataset_manifest_refs", {ref.substr(0, ref.find('@'))});
}

/// The plan is locked, then an input changes, then the run goes on.
Act locked_then(std::function<void(const NegativePlace&)> change, NegativePlace::Story story) {
  return [change = std::move(change), story](const NegativePlace& place) {
    change(place);
    return place.tell(story);
  };
}

Act changed_manifest_behind_an_unpinned_ref() {
  return [](const NegativePlace& place) {
    unpin(place);
    static_cast<void>(place.tell(resolve));
    place.edit(kManifest, [](json& manifest) { manifest["sampling"]["rule"] = "every second"; });
    return place.tell(train);
  };
}

/// Again, in a process of its own as it were: the same plan, and nothing written.
Result resolved_again(const NegativePlace& place) {
  const auto plan = place.read(place.recorded(kPlan));
  const auto events = place.state().sequence;
  auto result = place.tell(resolve);
  if (place.read(place.recorded(kPlan)) != plan || place.state().sequence != events) result.outcome = "DIVERGED";
  return result;
}

std::vector<NegativeCase> missing_or_wrong() {
  return {
      refused("a manifest that is not there", kPhase, Code::MANIFEST_UNRESOLVED, kAt,
              asked("dataset_manifest_refs", {"ofs/manifests/absent.json"})),
      refused("a manifest that is no JSON", kPhase, Code::MANIFEST_UNRESOLVED, kAt,
              resolved_with([](const auto& place) {
                unpin(place);
                place.write(kManifest, "hello");
              })),
      refused("a manifest without replay basis", kPhase, Code::MANIFEST_INVALID, kAt,
              of_dataset(with_manifest([](json& manifest) { manifest.erase("replay_basis"); }))),
      refused("a manifest with other bytes than its ref pins", kPhase, Code::MANIFEST_DIGEST_MISMATCH, kAt,
              resolved_with([](const auto& place) { place.change_one_digit(kManifest); })),
      refused("a manifest of another platform run", kPhase, Code::RUN_SCOPE_INVALID, kAt,
              asked("platform_run_id", "platform_20270101T000000Z")),
      refused("one manifest id with two fingerprints", kPhase, Code::MANIFEST_IMMUTABILITY_VIOLATION, kAt,
              resolved_with(name_two_contents)),
      refused("manifests of two as-of times", kPhase, Code::AS_OF_INCONSISTENT_ACROSS_SET, kAt,
              [] {
                auto later =
                    with_manifest([](json& m) { m["label_basis"]["label_asof_utc"] = "2026-07-01T00:00:00Z"; });
                later.name = "dm_later";
                later.rows = made_payments(50, 2);
                return beside(later);
              }()),
      refused("a training configuration that is not there", kPhase, Code::TRAINING_PROFILE_UNRESOLVED, kAt,
              asked("training_config_ref", "profiles/absent.json")),
      refused("a training configuration with a misspelt key", kPhase, Code::TRAINING_PROFILE_INVALID, kAt,
              edited(kTraining, [](json& profile) { profile["splitt"] = 1; })),
      refused("a governance profile that is not there", kPhase, Code::GOVERNANCE_PROFILE_UNRESOLVED, kAt,
              asked("governance_profile_ref", "profiles/absent.json")),
      refused("a governance profile without criteria", kPhase, Code::GOVERNANCE_PROFILE_INVALID, kAt,
              edited(kGovernance, [](json& profile) { profile.erase("criteria"); })),
      refused("a folder in place of a training configuration", kPhase, Code::ARTIFACT_CONFLICT, kAt,
              asked("training_config_ref", "profiles")),
      refused("a training configuration for other features", kPhase, Code::FEATURE_SCHEMA_INCOMPATIBLE, kAt,
              edited(kTraining, [](json& p) { p["feature_definition_set"]["feature_set_version"] = "v2"; })),
      refused(
          "a training configuration for another manifest schema", kPhase, Code::FEATURE_SCHEMA_INCOMPATIBLE, kAt,
          edited(kTraining, [](json& p) { p["expected_manifest_schema_version"] = "learning.dataset_manifest.v0"; })),
      refused("a ref out of the store", kPhase, Code::REF_OUTSIDE_ROOT, kAt,
              asked("training_config_ref", "s3://elsewhere/training.json")),
      refused("a protected ref that this actor may not read", kPhase, Code::REF_ACCESS_DENIED, kAt,
              resolved_with([](const auto& place) {
                place.wire(
                    "evidence_refs",
                    {{"allowed_actors", {"SYSTEM::somebody_else"}}, {"strict", true}, {"purpose", "mf_negative"}});
              })),
      refused("a ref without a pin where pins are required", kPhase, Code::REF_UNPINNED, kAt,
              resolved_with([](const auto& place) { place.wire("require_pinned_refs", true); })),
  };
}

std::vector<NegativeCase> rows_of_a_manifest() {
  return {
      refused("a materialisation that is not there", kPhase, Code::MATERIALIZATION_UNRESOLVED, kAt,
              resolved_with([](const auto& place) {
                place.remove("store/" + store::layout::materialization(kMadePlatformRun, "dm_payments"));
              })),
      refused("a materialisation of another dataset", kPhase, Code::MATERIALIZATION_INVALID, kAt,
              of_dataset(with_materialization([](json& m) { m["dataset_manifest_id"] = "dm_other"; }))),
      refused("a materialisation with other bytes than pinned", kPhase, Code::MATERIALIZATION_DIGEST_MISMATCH, kAt,
              resolved_with([](const auto& place) {
                place.change_one_digit("store/" + store::layout::materialization(kMadePlatformRun, "dm_payments"));
              })),
      refused("a dataset that is not ready", kPhase, Code::DATASET_NOT_READY, kAt,
              of_dataset(with_materialization([](json& m) { m["readiness"]["replay_status"] = "PARTIAL"; }))),
  };
}

std::vector<NegativeCase> changed_since_the_plan() {
  const auto at = Come::resolved;
  const auto renew = [](const auto& place) { place.edit(kTraining, [](json& p) { p["revision"] = "r2"; }); };
  return {
      ends_in("resolving again", kPhase, "RESOLVED", at, resolved_again),
      refused("resolving again after an input changed", kPhase, Code::RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION, at,
              locked_then(renew, resolve)),
      refused("training after the training configuration changed", "training", Code::PROFILE_DIGEST_MISMATCH, at,
              locked_then(renew, train)),
      refused("training after a manifest changed", "training", Code::MANIFEST_IMMUTABILITY_VIOLATION, kAt,
              changed_manifest_behind_an_unpinned_ref()),
      refused("training after a data file changed", "training", Code::MATERIALIZATION_DIGEST_MISMATCH, at,
              locked_then([](const auto& place) { place.change_one_digit(kData); }, train)),
      refused("training after a data file was taken away", "training", Code::MATERIALIZATION_UNRESOLVED, at,
              locked_then([](const auto& place) { place.remove(kData); }, train)),
      refused("judging after the policy changed", "gate", Code::PROFILE_DIGEST_MISMATCH, Come::evaluated,
              locked_then([](const auto& p) { p.edit(kGovernance, [](json& g) { g["revision"] = "r2"; }); }, judge)),
  };
}

}  // namespace

std::vector<NegativeCase> negative_inputs() {
  auto cases = missing_or_wrong();
  for (auto& more : rows_of_a_manifest()) cases.push_back(std::move(more));
  for (auto& more : changed_since_the_plan()) cases.push_back(std::move(more));
  return cases;
}

}  // namespace mf::factory
