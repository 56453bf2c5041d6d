#include "mf/publication/bundle.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <tuple>

#include "mf/contracts/document.hpp"
#include "publication/bundle_evidence.hpp"
#include "support/failures.hpp"

namespace mf::publication {
namespace {

using mf::testing::EvidenceOfARun;

std::map<std::string, std::string> files_of(const Bundle& bundle) {
  std::map<std::string, std::string> files;
  for (const auto& file : bundle.files()) files[file.path] = file.bytes;
  return files;
}

TEST(Assemble, PutsEverythingIntoTheBundle) {
  const Bundle bundle = EvidenceOfARun().assembled();
  std::vector<std::string> paths;
  for (const auto& file : bundle.files()) paths.push_back(file.path);
  EXPECT_EQ(paths,
            (std::vector<std::string>{"eval_report.json", "gate_receipt.json", "model.ubj", "scoring_contract.json",
                                      "bundle_manifest.json", "bundle_publication.json"}));
  EXPECT_EQ(files_of(bundle).at("model.ubj"), "model bytes");
}

TEST(Assemble, HasTheSubmissionBeforeThePublicationAndInNoDigest) {
  const Bundle bundle = EvidenceOfARun().submitted();
  const auto files = bundle.files();
  ASSERT_EQ(files.size(), 7U);
  EXPECT_EQ(files[5].path, "submission.json");
  EXPECT_EQ(files[6].path, "bundle_publication.json");
  EXPECT_EQ(bundle.manifest.bundle_id, EvidenceOfARun().assembled().manifest.bundle_id);
  EXPECT_EQ(bundle.submission->idempotency_key, bundle.manifest.bundle_id + ":" + bundle.manifest.bundle_version);
  EXPECT_EQ(bundle.submission->gate.profile_digest, EvidenceOfARun::digest('6'));
}

TEST(Assemble, NamesEachMemberByItsBytes) {
  const Bundle bundle = EvidenceOfARun().assembled();
  ASSERT_EQ(bundle.manifest.members.size(), bundle.members.size());
  for (std::size_t i = 0; i < bundle.members.size(); ++i) {
    EXPECT_EQ(bundle.manifest.members[i].path, bundle.members[i].path);
    EXPECT_EQ(bundle.manifest.members[i].sha256, identity::sha256_hex(bundle.members[i].bytes));
    EXPECT_EQ(static_cast<std::size_t>(bundle.manifest.members[i].bytes), bundle.members[i].bytes.size());
  }
}

TEST(Assemble, GivesTheSameBytesForTheSameEvidence) {
  EXPECT_EQ(files_of(EvidenceOfARun().assembled()), files_of(EvidenceOfARun().assembled()));
}

TEST(Assemble, DoesNotSeeCircumstance) {
  EvidenceOfARun later;
  later.gate_receipt.evaluated_at_utc = "2027-01-01T00:00:00Z";
  later.gate_receipt.request_id = "request-2";
  later.plan.request_id = "request-2";
  EXPECT_EQ(files_of(later.assembled()), files_of(EvidenceOfARun().assembled()));
}

TEST(Assemble, DoesNotSeeTheOrderOfManifests) {
  EvidenceOfARun reordered;
  std::swap(reordered.plan.dataset_manifests[0], reordered.plan.dataset_manifests[1]);
  std::swap(reordered.plan.input_refs.dataset_manifest_refs[0], reordered.plan.input_refs.dataset_manifest_refs[1]);
  EXPECT_EQ(files_of(reordered.assembled()), files_of(EvidenceOfARun().assembled()));
}

const std::map<std::string, std::function<void(EvidenceOfARun&)>>& changes() {
  static const std::map<std::string, std::function<void(EvidenceOfARun&)>> kChanges = {
      {"the model",
       [](auto& run) {
         run.model = "other bytes";
         run.train_artifact.model.sha256 = identity::sha256_hex(run.model);
       }},
      {"a feature's name", [](auto& run) { run.train_artifact.feature_names[0] = "sum"; }},
      {"a figure", [](auto& run) { run.eval_report.metrics.parts["test"].figures["auc_roc"] = 0.6; }},
      {"an operating point",
       [](auto& run) { run.eval_report.metrics.parts["validation"].alert_rates[0].threshold = 0.7; }},
      {"a threshold", [](auto& run) { run.gate_receipt.criteria[0].threshold = 0.3; }},
      {"the feature set",
       [](auto& run) { run.plan.training_profile.feature_definition_set.feature_set_version = "v2"; }},
      {"the target scope", [](auto& run) { run.plan.input_refs.target_scope.tenant_id = "t1"; }},
      {"the policy revision", [](auto& run) { run.plan.input_refs.policy_revision = "p2"; }},
      {"the training profile",
       [](auto& run) { run.plan.training_profile.profile_digest = EvidenceOfARun::digest('0'); }},
      {"a dataset", [](auto& run) { run.plan.dataset_manifests[0].payload_digest = EvidenceOfARun::digest('0'); }},
      {"the labelled rows",
       [](auto& run) { run.plan.dataset_manifests[0].materialization.sha256 = EvidenceOfARun::digest('0'); }},
      {"the input fingerprint", [](auto& run) { run.plan.input_fingerprint = EvidenceOfARun::digest('0'); }},
      {"the code release", [](auto& run) { run.plan.input_refs.mf_code_release_id = "git:other"; }},
      {"an ofs release", [](auto& run) { run.plan.dataset_manifests[0].ofs_code_release_id = "git:other"; }},
  };
  return kChanges;
}

TEST(BundleId, ChangesWithWhateverTheBundleIsMadeFrom) {
  const Bundle before = EvidenceOfARun().assembled();
  for (const auto& [what, change] : changes()) {
    EvidenceOfARun run;
    change(run);
    const Bundle after = run.assembled();
    EXPECT_NE(after.manifest.bundle_id, before.manifest.bundle_id) << what;
    EXPECT_NE(after.manifest.bundle_version, before.manifest.bundle_version) << what;
  }
}

TEST(BundleId, IsOfTheManifestWithoutItsOwnName) {
  contracts::BundleManifest manifest = EvidenceOfARun().assembled().manifest;
  const std::string id = manifest.bundle_id;
  manifest.bundle_id = std::string(64, 'f');
  manifest.bundle_version = "v0-ffffffffffff";
  EXPECT_EQ(bundle_id_of(manifest), id);
}

TEST(Assemble, ShowsTheSameBundleInBothFaces) {
  const Bundle bundle = EvidenceOfARun().assembled();
  EXPECT_EQ(bundle.publication.bundle_id, bundle.manifest.bundle_id);
  EXPECT_EQ(bundle.publication.bundle_version, bundle.manifest.bundle_version);
  EXPECT_EQ(bundle.publication.dataset_manifest_refs, (std::vector<std::string>{"m/dm_a.json", "m/dm_b.json"}));
  EXPECT_EQ(bundle.publication.compatibility.feature_set_version, "v1");
  EXPECT_EQ(bundle.manifest.releases.ofs_code_release_ids, std::vector<std::string>{"git:ofs"});
  const auto publication =
      contracts::read_json<contracts::BundlePublication>(files_of(bundle).at("bundle_publication.json"), "p");
  EXPECT_EQ(publication.bundle_id, bundle.manifest.bundle_id);
}

TEST(Assemble, TellsHowToFeedTheModel) {
  const auto files = files_of(EvidenceOfARun().assembled());
  const auto contract = contracts::read_json<contracts::ScoringContract>(files.at("scoring_contract.json"), "c");
  ASSERT_EQ(contract.features.size(), 2U);
  EXPECT_EQ(contract.features[0].name, "amount");
  EXPECT_EQ(contract.features[1].type, "float32");
  EXPECT_EQ(contract.model.sha256, identity::sha256_hex("model bytes"));
  ASSERT_EQ(contract.operating_points.size(), 1U);
  EXPECT_EQ(contract.operating_points[0].threshold, 0.75);
}

TEST(Assemble, TellsTheCategoriesWhereThereAreSome) {
  EvidenceOfARun run;
  const auto contract_of = [](const Bundle& bundle) {
    return contracts::read_json<contracts::ScoringContract>(files_of(bundle).at("scoring_contract.json"), "c");
  };
  EXPECT_FALSE(contract_of(run.assembled()).categories);
  run.categories = {{"channel", {"chip", "online"}}};
  EXPECT_EQ(contract_of(run.assembled()).categories, run.categories);
}

TEST(Assemble, TellsOfReasonCodesWhereThereAreSome) {
  EvidenceOfARun run;
  const auto contract_of = [](const Bundle& bundle) {
    return contracts::read_json<contracts::ScoringContract>(files_of(bundle).at("scoring_contract.json"), "c");
  };
  EXPECT_FALSE(contract_of(run.assembled()).reason_codes);
  run.reason_codes = {{3, "tree_shap", "largest first"}};
  EXPECT_EQ(contract_of(run.assembled()).reason_codes, run.reason_codes);
}

TEST(Assemble, RefusesAModelThatTheEvidenceDoesNotName) {
  EvidenceOfARun run;
  run.model = "forged bytes";
  EXPECT_CODE(std::ignore = run.assembled(), Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION);
}

TEST(Assemble, NamesTheBundlesThatThePlanRefersTo) {
  EvidenceOfARun evidence;
  const Bundle alone = evidence.assembled();
  EXPECT_FALSE(alone.manifest.lineage.supersedes);
  EXPECT_FALSE(alone.manifest.lineage.baseline);
  evidence.plan.supersedes = {EvidenceOfARun::digest('b'), "v0-b", "", "", {}, "late labels"};
  evidence.plan.baseline = {EvidenceOfARun::digest('c'), "v0-c", "", "", {}, {}};
  const Bundle linked = evidence.assembled();
  EXPECT_EQ(linked.manifest.lineage.supersedes->bundle_id, EvidenceOfARun::digest('b'));
  EXPECT_EQ(linked.manifest.lineage.supersedes->reason, "late labels");
  EXPECT_EQ(linked.manifest.lineage.baseline->bundle_version, "v0-c");
  EXPECT_NE(linked.manifest.bundle_id, alone.manifest.bundle_id);
}

TEST(Assemble, CarriesTheThresholdThatWasChosen) {
  EvidenceOfARun evidence;
  const auto contract_of = [](const Bundle& bundle) {
    return contracts::read_json<contracts::ScoringContract>(files_of(bundle).at("scoring_contract.json"), "contract");
  };
  EXPECT_FALSE(contract_of(evidence.assembled()).operating_point);
  evidence.eval_report.metrics.operating_point = {"max_fpr", 0.01, 0.25, "validation", {}};
  const auto chosen = contract_of(evidence.assembled()).operating_point;
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->rule, "max_fpr");
  EXPECT_EQ(chosen->threshold, 0.25);
}

}  // namespace
}  // namespace mf::publication
