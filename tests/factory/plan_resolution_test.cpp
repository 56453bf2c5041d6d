#include "factory/plan_resolution.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mf/contracts/document.hpp"
#include "mf/identity/digest.hpp"
#include "mf/identity/recipes.hpp"
#include "support/data_lines.hpp"
#include "support/failures.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;

std::unique_ptr<store::ArtifactStore> laid_out(const json& files) {
  auto store = store::open_memory();
  for (const auto& [key, text] : files.items()) store->put_if_absent(key, text.get<std::string>());
  return store;
}

contracts::ResolvedTrainPlan resolve(const json& line, const ResolutionRules& rules = {}) {
  const auto request = contracts::read_request(line.at("request").dump(), "request.json");
  return resolve_plan(*laid_out(line.at("store")), rules, request, contracts::identity_of(request).run_id);
}

/// Every field of `expected` stands in `actual` with the same value; `actual` may hold more.
void expect_holds(const json& actual, const json& expected, const std::string& at) {
  if (expected.is_object()) {
    for (const auto& [name, member] : expected.items()) {
      ASSERT_TRUE(actual.contains(name)) << at << "/" << name;
      expect_holds(actual.at(name), member, at + "/" + name);
    }
  } else if (expected.is_array()) {
    ASSERT_EQ(actual.size(), expected.size()) << at;
    for (std::size_t i = 0; i < expected.size(); ++i)
      expect_holds(actual.at(i), expected.at(i), at + "/" + std::to_string(i));
  } else {
    EXPECT_EQ(actual, expected) << at;
  }
}

void expect_vector(const json& line) {
  const auto& expected = line.at("expected");
  try {
    const auto plan = resolve(line);
    ASSERT_EQ(expected.at("outcome"), "RESOLVED") << "expected " << expected.value("code", "");
    expect_holds(json::parse(contracts::write(plan)), expected.at("plan"), "");
    EXPECT_EQ(identity::eval_report_id(plan.run_key), expected.at("eval_report_id"));
  } catch (const Error& error) {
    EXPECT_EQ(expected.value("code", "RESOLVED"), error.row().name) << error.message();
  }
}

TEST(ResolvePlanVectors, AgreeWithEveryPlan) {
  std::size_t number = 0;
  for (const auto& line : testing::data_lines("resolved_plan.jsonl")) {
    SCOPED_TRACE("line " + std::to_string(++number) + ", " + line.at("case").get<std::string>());
    expect_vector(line);
  }
}

/// The first vector that resolves, to be changed.
class ResolvePlan : public ::testing::Test {
 protected:
  ResolvePlan() {
    for (const auto& line : testing::data_lines("resolved_plan.jsonl"))
      if (line.at("expected").at("outcome") == "RESOLVED" &&
          line.at("request").at("dataset_manifest_refs").size() > 1) {
        line_ = line;
        break;
      }
  }

  json& refs() { return line_["request"]["dataset_manifest_refs"]; }
  std::string ref(std::size_t i) { return refs().at(i).get<std::string>(); }
  std::string materialization_key(std::size_t i) {
    std::string key = ref(i);
    key.replace(key.find("/manifests/"), 11, "/datasets/");
    return key.substr(0, key.size() - 5) + "/materialization.json";
  }

  /// Rewrites the JSON file `key` of the store.
  template <class Change>
  void edit(const std::string& key, Change change) {
    json document = json::parse(line_.at("store").at(key).get<std::string>());
    change(document);
    line_["store"][key] = document.dump();
  }

  json line_;
};

TEST_F(ResolvePlan, GivesTheSamePlanForTheSameInputs) {
  EXPECT_EQ(contracts::write(resolve(line_)), contracts::write(resolve(line_)));
}

TEST_F(ResolvePlan, FingerprintsInputsWithoutRegardToTheirOrder) {
  const auto before = resolve(line_);
  std::swap(refs()[0], refs()[1]);
  const auto after = resolve(line_);
  EXPECT_EQ(after.input_fingerprint, before.input_fingerprint);
  EXPECT_EQ(after.run_key, before.run_key);
  EXPECT_EQ(after.manifest_digests(), before.manifest_digests());
  EXPECT_NE(after.dataset_manifests[0].manifest_ref, before.dataset_manifests[0].manifest_ref);
}

TEST_F(ResolvePlan, DropsRepeatedManifests) {
  const auto before = resolve(line_);
  refs().push_back(ref(0));
  EXPECT_EQ(resolve(line_).dataset_manifests.size(), before.dataset_manifests.size());
}

TEST_F(ResolvePlan, FingerprintsTheContentOfProfiles) {
  const auto before = resolve(line_);
  auto& governance = line_["store"]["profiles/governance.yaml"];
  governance = governance.get<std::string>() + "note: changed\n";
  EXPECT_NE(resolve(line_).input_fingerprint, before.input_fingerprint);
  EXPECT_EQ(resolve(line_).run_key, before.run_key);
}

TEST_F(ResolvePlan, DoesNotCareHowAProfileIsSpelled) {
  const auto before = resolve(line_);
  auto& governance = line_["store"]["profiles/governance.yaml"];
  governance = "# a comment\n" + governance.get<std::string>();
  EXPECT_EQ(resolve(line_).input_fingerprint, before.input_fingerprint);
}

TEST_F(ResolvePlan, RefusesUnpinnedRefsWhenThePlatformProfileDemandsPins) {
  EXPECT_CODE(resolve(line_, {.require_pinned_refs = true}), Code::REF_UNPINNED);
}

TEST_F(ResolvePlan, HoldsPinsAgainstTheBytes) {
  const auto pin = [&](const std::string& key) {
    return key + "@sha256:" + identity::sha256_hex(line_.at("store").at(key).get<std::string>());
  };
  auto& request = line_["request"];
  for (auto& one : refs()) one = pin(one.get<std::string>());
  for (const char* field : {"training_config_ref", "governance_profile_ref"})
    request[field] = pin(request[field].get<std::string>());
  EXPECT_NO_THROW(resolve(line_, {.require_pinned_refs = true}));

  json wrong = line_;
  const std::string other = "@sha256:" + std::string(64, '0');
  wrong["request"]["training_config_ref"] = "profiles/training.yaml" + other;
  EXPECT_CODE(resolve(wrong), Code::PROFILE_DIGEST_MISMATCH);
  wrong = line_;
  const std::string first = ref(0);
  wrong["request"]["dataset_manifest_refs"][0] = first.substr(0, first.find('@')) + other;
  EXPECT_CODE(resolve(wrong), Code::MANIFEST_DIGEST_MISMATCH);
}

TEST_F(ResolvePlan, LeavesTheObjectStoreForNobody) {
  for (const char* place : {"s3://bucket/training.yaml", "file:///profiles/training.yaml"}) {
    line_["request"]["training_config_ref"] = place;
    EXPECT_CODE(resolve(line_), Code::REF_OUTSIDE_ROOT);
  }
}

TEST_F(ResolvePlan, NeedsTheLabelledRowsOfEveryManifest) {
  line_["store"].erase(materialization_key(1));
  EXPECT_CODE(resolve(line_), Code::MATERIALIZATION_UNRESOLVED);
}

TEST_F(ResolvePlan, ChecksAllManifestsBeforeAnyMaterialisation) {
  line_["store"].erase(materialization_key(0));
  line_["store"].erase(ref(1));
  EXPECT_CODE(resolve(line_), Code::MANIFEST_UNRESOLVED);
}

TEST_F(ResolvePlan, RefusesRowsOfAnotherDataset) {
  edit(materialization_key(0), [](json& document) { document["dataset_fingerprint"] = std::string(64, '0'); });
  EXPECT_CODE(resolve(line_), Code::MATERIALIZATION_INVALID);
}

TEST_F(ResolvePlan, RefusesRowsThatAreNotReady) {
  edit(materialization_key(0), [](json& document) { document["readiness"]["label_status"] = "NOT_READY"; });
  EXPECT_CODE(resolve(line_), Code::DATASET_NOT_READY);
}

TEST_F(ResolvePlan, RefusesManifestsCutAtDifferentTimes) {
  edit(ref(1), [](json& document) { document["label_basis"]["label_asof_utc"] = "2026-02-09T00:00:00Z"; });
  EXPECT_CODE(resolve(line_), Code::AS_OF_INCONSISTENT_ACROSS_SET);
}

TEST(Fetch, TellsAMissingFileFromAChangedOne) {
  const auto store = store::open_memory();
  store->put_if_absent("a.json", "{}");
  const auto fetched = [&](const std::string& ref) {
    return fetch(*store, ref, "/ref", Code::EVIDENCE_UNRESOLVED, Code::EVIDENCE_DIGEST_MISMATCH);
  };
  EXPECT_EQ(fetched("a.json"), "{}");
  EXPECT_EQ(fetched("a.json@sha256:" + identity::sha256_hex("{}")), "{}");
  EXPECT_CODE(fetched("a.json@sha256:" + identity::sha256_hex("[]")), Code::EVIDENCE_DIGEST_MISMATCH);
  EXPECT_CODE(fetched("b.json"), Code::EVIDENCE_UNRESOLVED);
  EXPECT_CODE(fetched("../b.json"), Code::REF_INVALID);
}

}  // namespace
}  // namespace mf::factory
