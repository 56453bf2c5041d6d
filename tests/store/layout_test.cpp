#include "mf/store/layout.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "store/key.hpp"

namespace mf::store::layout {
namespace {

const RunPlace kRun{"platform_20260210T091951Z", "tr_16a2ad9c3ad29e2e989ece1cb3c61936"};
const std::string kInRun = "platform_20260210T091951Z/mf/train_runs/tr_16a2ad9c3ad29e2e989ece1cb3c61936/";

std::vector<std::string> every_place(const RunPlace& run, const std::string& id, const std::string& hex) {
  return {run_anchor(run.run_key),
          request_alias(id),
          request_rejection(id, hex),
          materialization(run.platform_run_id, id),
          dataset_file(run.platform_run_id, id, "part-00000.csv"),
          dataset_manifest(run.platform_run_id, id),
          ledger_event(run, 1),
          ledger_event(run, 99'999'999),
          ledger_seal(run),
          resolved_train_plan(run),
          execution_record(run),
          train_artifact(run),
          leakage_certificate(run),
          explanations(run),
          model(run, hex),
          scored_rows(run, hex),
          eval_report(run, "er_c35166ad32d9b5c1"),
          evidence_pack(run),
          train_eval_receipt(run),
          gate_receipt(run),
          publish_eligibility(run),
          bundle_member(run, kModelFile),
          bundle_member(run, kScoringContractFile),
          bundle_member(run, kEvalReportFile),
          bundle_member(run, kGateReceiptFile),
          bundle_member(run, kBundleManifestFile),
          bundle_member(run, kBundleSubmissionFile),
          bundle_member(run, kBundlePublicationFile),
          publish_handshake_receipt(run),
          publish_failure_receipt(run, 1),
          registry::bundle_member(hex, "v0-90d075f9e7de", kBundleManifestFile),
          registry::published_event(hex, "v0-90d075f9e7de"),
          doctor_probe(),
          condition_probe()};
}

TEST(Layout, GivesOnlyValidKeys) {
  for (const auto& key : every_place(kRun, "dm_1", std::string(64, 'a'))) EXPECT_NO_THROW(require_key(key)) << key;
}

TEST(Layout, GivesValidKeysForTheLongestIds) {
  const std::string longest(128, 'x');
  for (const auto& key : every_place({longest, longest}, longest, std::string(64, 'a')))
    EXPECT_NO_THROW(require_key(key)) << key;
}

TEST(Layout, GivesEachArtifactAPlaceOfItsOwn) {
  const auto places = every_place(kRun, "dm_1", std::string(64, 'a'));
  EXPECT_EQ(std::set<std::string>(places.begin(), places.end()).size(), places.size());
}

TEST(Layout, PutsArtifactsWhereThePlatformLooksForThem) {
  const std::string hex(64, 'a');
  EXPECT_EQ(resolved_train_plan(kRun), "platform_20260210T091951Z/mf/resolved_train_plan/" + kRun.run_key + ".json");
  EXPECT_EQ(execution_record(kRun), kInRun + "execution_record.json");
  EXPECT_EQ(train_artifact(kRun), kInRun + "artifacts/model_artifact.json");
  EXPECT_EQ(explanations(kRun), kInRun + "evidence/explanations.json");
  EXPECT_EQ(leakage_certificate(kRun), kInRun + "leakage/leakage_certificate.json");
  EXPECT_EQ(eval_report(kRun, "er_1"), kInRun + "eval_report/er_1.json");
  EXPECT_EQ(evidence_pack(kRun), kInRun + "evidence/evidence_pack.json");
  EXPECT_EQ(train_eval_receipt(kRun), kInRun + "execution_receipt.json");
  EXPECT_EQ(gate_receipt(kRun), kInRun + "gate/gate_receipt.json");
  EXPECT_EQ(publish_eligibility(kRun), kInRun + "gate/publish_eligibility.json");
  EXPECT_EQ(bundle_member(kRun, kBundlePublicationFile), kInRun + "bundle/bundle_publication.json");
  EXPECT_EQ(publish_handshake_receipt(kRun), kInRun + "publish/publish_handshake_receipt.json");
  EXPECT_EQ(materialization("R", "dm_1"), "R/ofs/datasets/dm_1/materialization.json");
  EXPECT_EQ(dataset_manifest("R", "dm_1"), "R/ofs/manifests/dm_1.json");
  EXPECT_EQ(registry::bundle_member(hex, "v0-1", kBundlePublicationFile),
            "registry/bundles/" + hex + "/v0-1/bundle_publication.json");
  EXPECT_EQ(registry::published_event(hex, "v0-1"), "registry/events/" + hex + "/v0-1/bundle_published_event.json");
}

TEST(Layout, NumbersEventsSoThatTheirNamesSort) {
  EXPECT_EQ(ledger_event(kRun, 1), kInRun + "ledger/events/00000001.json");
  EXPECT_EQ(ledger_event(kRun, 10), ledger_events(kRun) + "/00000010.json");
  EXPECT_LT(ledger_event(kRun, 9), ledger_event(kRun, 10));
}

TEST(Layout, KeepsTheSealBesideTheEventsThatItSeals) {
  EXPECT_EQ(ledger_seal(kRun), kInRun + "ledger/seal.json");
  EXPECT_TRUE(ledger_seal(kRun).starts_with(ledger(kRun) + "/"));
  EXPECT_TRUE(ledger_events(kRun).starts_with(ledger(kRun) + "/"));
}

TEST(Layout, KeepsAnchorsInTheFolderThatIsListed) {
  EXPECT_TRUE(run_anchor(kRun.run_key).starts_with(run_anchors() + "/"));
}

}  // namespace
}  // namespace mf::store::layout
