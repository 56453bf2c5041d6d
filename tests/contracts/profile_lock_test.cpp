#include "mf/contracts/profile_lock.hpp"

#include <gtest/gtest.h>

#include <tuple>

#include "support/failures.hpp"

namespace mf::contracts {
namespace {

const std::string kTrainingV1 = R"(schema_version: mf.training_profile.v1
policy_id: mf.train.policy.v1
revision: r1
feature_definition_set: {feature_set_id: core_features, feature_set_version: v1}
expected_manifest_schema_version: learning.dataset_manifest.v1
label_resolution_rule: "observed_time<=label_asof_utc"
algorithm_id: xgboost.gbtree
algorithm:
  rounds: 200
  early_stopping_rounds: 20
  early_stopping_metric: auc_pr
  params: {max_depth: 6, eta: 0.1, subsample: 0.8}
split_strategy: time_based
split: {train: 0.7, validation: 0.15, test: 0.15, embargo_hours: 0}
seed_policy: {recipe: mf.phase4.seed.v0, base_seed: 31}
leakage: {suspect_single_feature_auc: 0.995, forbid_entity_overlap: false}
evaluation: {top_k: [50, 100], alert_rates: [0.001, 0.01]}
)";

const std::string kGovernanceV1 = R"(schema_version: mf.governance_profile.v1
policy_id: mf.governance.policy.v1
revision: r1
criteria:
  - {id: ranking, metric: auc_roc, part: test, at_least: 0.80, severity: block}
  - {id: calibration, metric: expected_calibration_error, part: test, at_most: 0.05, severity: warn}
)";

const std::string kOlderTraining =
    "policy_id: mf.train.policy.v0\nrevision: r7\n"
    "feature_definition_set: {feature_set_id: core_features, feature_set_version: v1}\n";

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(SyntaxOf, GoesByTheEndOfTheName) {
  EXPECT_EQ(syntax_of("a/b.json"), Syntax::json);
  EXPECT_EQ(syntax_of("a/b.json@sha256:00"), Syntax::json);
  EXPECT_EQ(syntax_of("a/b.yaml"), Syntax::yaml);
  EXPECT_EQ(syntax_of("a/b.yml@sha256:00.json"), Syntax::yaml);
  EXPECT_EQ(syntax_of("a/b"), Syntax::yaml);
}

TEST(DigestOfDocument, IsTheSameHoweverTheDocumentIsSpelled) {
  const auto yaml = digest_of_document("b: [1, x]\na: null # note\n", Syntax::yaml, "p.yaml");
  EXPECT_EQ(yaml, digest_of_document(R"({"a":null,"b":[1,"x"]})", Syntax::json, "p.json"));
  EXPECT_NE(yaml, digest_of_document(R"({"a":null,"b":[1.0,"x"]})", Syntax::json, "p.json"));
}

TEST(HasSchemaVersion, TellsTheClosedFormFromTheOlderOne) {
  EXPECT_TRUE(has_schema_version(kTrainingV1, "p.yaml"));
  EXPECT_FALSE(has_schema_version(kOlderTraining, "p.yaml"));
  for (const char* text : {"", "[]", "a: [", "x"}) EXPECT_FALSE(has_schema_version(text, "p.yaml"));
}

TEST(LockTrainingProfile, TakesTheIdentityOfTheClosedForm) {
  const auto lock = lock_training_profile(kTrainingV1, "profiles/t.yaml");
  EXPECT_EQ(lock.profile_ref, "profiles/t.yaml");
  EXPECT_EQ(lock.policy_id, "mf.train.policy.v1");
  EXPECT_EQ(lock.revision, "r1");
  EXPECT_EQ(lock.resolved_revision, "mf.train.policy.v1@r1");
  EXPECT_EQ(lock.expected_manifest_schema_version, "learning.dataset_manifest.v1");
  EXPECT_EQ(lock.profile_digest, digest_of_document(kTrainingV1, Syntax::yaml, "t"));
}

TEST(LockTrainingProfile, TakesTheOlderForm) {
  const auto lock = lock_training_profile(kOlderTraining, "t.yaml");
  EXPECT_EQ(lock.resolved_revision, "mf.train.policy.v0@r7");
  EXPECT_EQ(lock.feature_definition_set.feature_set_id, "core_features");
  EXPECT_EQ(lock.expected_manifest_schema_version, "learning.dataset_manifest.v0");
}

TEST(LockTrainingProfile, TakesAManifestVersionOfTheOlderFormAtItsWord) {
  const auto version_of = [](const std::string& said) {
    const std::string line = "expected_manifest_schema_version: " + said + "\n";
    return lock_training_profile(kOlderTraining + line, "t.yaml").expected_manifest_schema_version;
  };
  EXPECT_EQ(version_of("learning.dataset_manifest.v1"), "learning.dataset_manifest.v1");
  for (const char* silent : {"", "' '", "false", "0"}) EXPECT_EQ(version_of(silent), "learning.dataset_manifest.v0");
  for (const char* other : {"5", "true", "[learning.dataset_manifest.v0]"})
    EXPECT_NE(version_of(other), "learning.dataset_manifest.v0") << other;
}

TEST(LockTrainingProfile, KnowsTheOlderNamesOfItsIdentity) {
  const auto lock = lock_training_profile(
      "training_policy_id: ' p '\nversion: 3\nfeature_definition_set: {feature_set_id: f, feature_set_version: 2}\n"
      "expected_manifest_schema_version: learning.dataset_manifest.v1\n",
      "t.yaml");
  EXPECT_EQ(lock.resolved_revision, "p@3");
  EXPECT_EQ(lock.feature_definition_set.feature_set_version, "2");
  EXPECT_EQ(lock.expected_manifest_schema_version, "learning.dataset_manifest.v1");
}

TEST(LockTrainingProfile, TakesTheFirstNameThatSaysSomething) {
  const std::string features = "feature_definition_set: {feature_set_id: f, feature_set_version: v}\n";
  EXPECT_EQ(
      lock_training_profile("policy_id: ''\ntraining_policy_id: q\nrevision: 0\nversion: r\n" + features, "t.yaml")
          .resolved_revision,
      "q@r");
}

TEST(LockTrainingProfile, CannotResolveAnOlderFormThatLacksItsIdentity) {
  for (const char* line : {"policy_id: mf.train.policy.v0\n", "revision: r7\n",
                           "feature_definition_set: {feature_set_id: core_features, feature_set_version: v1}\n"})
    EXPECT_CODE(lock_training_profile(with(kOlderTraining, line, ""), "t.yaml"), Code::TRAINING_PROFILE_UNRESOLVED);
  for (const char* nothing : {"0", "''", "'  '", "false", "null", "[r7]"})
    EXPECT_CODE(lock_training_profile(with(kOlderTraining, "r7", nothing), "t.yaml"),
                Code::TRAINING_PROFILE_UNRESOLVED);
  EXPECT_CODE(lock_training_profile(with(kOlderTraining, "v1}", "''}"), "t.yaml"), Code::TRAINING_PROFILE_UNRESOLVED);
}

TEST(LockTrainingProfile, CannotResolveWhatIsNoProfile) {
  for (const char* text : {"", "[]", "x", "a: [1", "a: &b 1", "policy_id: yes"})
    EXPECT_CODE(lock_training_profile(text, "t.yaml"), Code::TRAINING_PROFILE_UNRESOLVED);
}

TEST(ReadTrainingProfile, ReadsTheClosedForm) {
  const auto profile = read_training_profile(kTrainingV1, "t.yaml");
  EXPECT_EQ(profile.algorithm.rounds, 200);
  EXPECT_EQ(std::get<std::int64_t>(profile.algorithm.params.at("max_depth")), 6);
  EXPECT_EQ(std::get<double>(profile.algorithm.params.at("eta")), 0.1);
  EXPECT_EQ(profile.split.validation, 0.15);
  EXPECT_EQ(profile.evaluation.top_k, (std::vector<std::int64_t>{50, 100}));
}

TEST(ReadTrainingProfile, RefusesTheOlderForm) {
  EXPECT_CODE(read_training_profile(kOlderTraining, "t.yaml"), Code::TRAINING_PROFILE_INVALID);
}

TEST(ReadTrainingProfile, RefusesWhatItsSchemaDoesNotKnow) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"policy_id: ", "polcy_id: "},
           {"rounds: 200", "rounds: 0"},
           {"rounds: 200", "rounds: 2.5"},
           {"base_seed: 31", "base_seed: -1"},
           {"base_seed: 31", "base_seed: true"},
           {"base_seed: 31", "base_seed: '31'"},
           {"revision: r1", "revision: 0"},
           {"mf.training_profile.v1", "mf.training_profile.v2"},
           {"test: 0.15,", "test: 0.25,"},
           {"test: 0.15,", "test: 0,"},
           {"seed_policy: {recipe: mf.phase4.seed.v0, base_seed: 31}\n", ""},
       })
    EXPECT_CODE(read_training_profile(with(kTrainingV1, from, to), "t.yaml"), Code::TRAINING_PROFILE_INVALID);
}

TEST(LockGovernanceProfile, TakesBothForms) {
  EXPECT_EQ(lock_governance_profile(kGovernanceV1, "g.yaml").resolved_revision, "mf.governance.policy.v1@r1");
  EXPECT_EQ(lock_governance_profile("policy_id: p\nrevision: r\n", "g.yaml").resolved_revision, "p@r");
  EXPECT_EQ(lock_governance_profile("governance_policy_id: p\nversion: g-3\n", "g.yaml").resolved_revision, "p@g-3");
  EXPECT_CODE(lock_governance_profile("policy_id: p\n", "g.yaml"), Code::GOVERNANCE_PROFILE_UNRESOLVED);
  EXPECT_CODE(lock_governance_profile("policy_id: p\nrevision: 0\n", "g.yaml"), Code::GOVERNANCE_PROFILE_UNRESOLVED);
  EXPECT_CODE(lock_governance_profile("[", "g.yaml"), Code::GOVERNANCE_PROFILE_UNRESOLVED);
}

TEST(ReadGovernanceProfile, ReadsTheClosedForm) {
  const auto policy = read_governance_profile(kGovernanceV1, "g.yaml");
  ASSERT_EQ(policy.criteria.size(), 2U);
  EXPECT_EQ(policy.criteria[0].at_least, 0.80);
  EXPECT_EQ(policy.criteria[1].at_most, 0.05);
  EXPECT_EQ(policy.criteria[1].severity, "warn");
}

TEST(ReadGovernanceProfile, TurnsOlderThresholdsIntoBlockingCriteriaOnTheTestPart) {
  for (const char* form : {"eval_thresholds: {min_auc_roc: 0.7, min_precision_at_50: 0.35}\n",
                           "gate: {metrics_thresholds: {min_auc_roc: 0.7, min_precision_at_50: 0.35}}\n"}) {
    const auto policy = read_governance_profile(std::string("policy_id: p\nrevision: r\n") + form, "g.yaml");
    ASSERT_EQ(policy.criteria.size(), 2U);
    EXPECT_EQ(policy.criteria[0].metric, "auc_roc");
    EXPECT_EQ(policy.criteria[0].part, "test");
    EXPECT_EQ(policy.criteria[0].at_least, 0.7);
    EXPECT_EQ(policy.criteria[0].severity, "block");
    EXPECT_EQ(policy.criteria[1].metric, "precision_at_50");
  }
}

TEST(ReadGovernanceProfile, RefusesAPolicyThatNothingCanBeJudgedBy) {
  for (const char* form : {"", "eval_thresholds: {}\n", "eval_thresholds: 0.7\n", "gate: {}\n", "gate: 1\n",
                           "eval_thresholds: {min_auc_roc: '0.7'}\n", "eval_thresholds: {min_auc_roc: true}\n",
                           "eval_thresholds: {min_auc: 0.7}\n", "eval_thresholds: {max_log_loss: 0.7}\n"})
    EXPECT_CODE(read_governance_profile(std::string("policy_id: p\nrevision: r\n") + form, "g.yaml"),
                Code::GOVERNANCE_PROFILE_INVALID);
}

TEST(ReadGovernanceProfile, RefusesCriteriaThatSayTooMuchOrTooLittle) {
  const std::string first = "  - {id: ranking, metric: auc_roc, part: test, at_least: 0.80, severity: block}\n";
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"at_least: 0.80", "at_least: 0.80, at_most: 0.9"},
           {", at_least: 0.80", ""},
           {"id: calibration", "id: ranking"},
           {"part: test", "part: tset"},
           {"severity: warn", "severity: soft"},
           {"severity: warn", "severity: warn, bound: median"},
           {"severity: warn", "severity: warn, min_rows: 0"},
           {"severity: warn", "severity: warn, min_frauds: 0"},
           {"severity: warn", "severity: warn, slice: channel"},
           {"severity: warn", "severity: warn, slice: {value: web}"},
           {"at_least: 0.80", "at_least: .inf"},
           {"at_least: 0.80", "at_least: .nan"},
           {"at_least: 0.80", "at_least: '0.80'"},
           {"at_least: 0.80", "at_lest: 0.80"},
       })
    EXPECT_CODE(read_governance_profile(with(kGovernanceV1, from, to), "g.yaml"), Code::GOVERNANCE_PROFILE_INVALID);
  EXPECT_CODE(read_governance_profile(with(kGovernanceV1.substr(0, kGovernanceV1.find("criteria:")), "revision: r1\n",
                                           "revision: r1\ncriteria: []\n"),
                                      "g.yaml"),
              Code::GOVERNANCE_PROFILE_INVALID);
}

const std::string kComparison =
    "comparisons:\n  - {id: no-step-back, metric: auc_roc, part: test, margin: 0.01, severity: block}\n";
const std::string kBaseline = "baseline: {bundle_id: b, bundle_version: v1}\n";

/// Where the fault of a policy is said to be; empty when it has none.
std::string pointer_of(const std::string& policy) {
  try {
    read_governance_profile(policy, "g.yaml");
    return {};
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::GOVERNANCE_PROFILE_INVALID);
    return error.context().at("pointer");
  }
}

TEST(ReadGovernanceProfile, TakesBoundsSlicesSupportAndComparisons) {
  const auto policy = read_governance_profile(
      with(kGovernanceV1, "severity: warn",
           "severity: warn, bound: lower, min_rows: 200, min_frauds: 20, slice: {column: channel, value: web}") +
          kBaseline + kComparison,
      "g.yaml");
  EXPECT_EQ(policy.criteria[1].bound, "lower");
  EXPECT_EQ(policy.criteria[1].min_rows, 200);
  EXPECT_EQ(policy.criteria[1].min_frauds, 20);
  EXPECT_EQ(policy.criteria[1].slice, (Slice{"channel", "web"}));
  EXPECT_EQ(policy.baseline, (BundleReference{"b", "v1"}));
  ASSERT_TRUE(policy.comparisons && policy.comparisons->size() == 1);
  EXPECT_EQ(policy.comparisons->front().margin, 0.01);
}

TEST(ReadGovernanceProfile, RefusesABaselineWithoutComparisonsAndTheOtherWayRound) {
  EXPECT_EQ(pointer_of(kGovernanceV1 + kBaseline + kComparison), "");
  EXPECT_EQ(pointer_of(kGovernanceV1 + kBaseline), "/baseline");
  EXPECT_EQ(pointer_of(kGovernanceV1 + kComparison), "/comparisons");
}

TEST(ReadGovernanceProfile, RefusesComparisonsThatSayTooMuchOrTooLittle) {
  for (const auto& [from, to, pointer] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"id: no-step-back", "id: ranking", "/comparisons/0/id"},
           {"margin: 0.01", "margin: -0.01", "/comparisons/0/margin"},
           {"margin: 0.01, ", "", "/comparisons/0/margin"},
           {"margin: 0.01", "margin: 0.01, min_frauds: 0", "/comparisons/0/min_frauds"},
           {"margin: 0.01", "margin: 0.01, at_least: 0.5", "/comparisons/0/at_least"},
       })
    EXPECT_EQ(pointer_of(kGovernanceV1 + kBaseline + with(kComparison, from, to)), pointer);
}

}  // namespace
}  // namespace mf::contracts
