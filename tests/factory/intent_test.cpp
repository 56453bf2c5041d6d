#include "factory/intent.hpp"

#include <gtest/gtest.h>

#include "mf/error.hpp"
#include "support/failures.hpp"

namespace mf::factory {
namespace {

/// Profiles that ask for nothing, until a test changes them.
class RequireProfilesOf : public ::testing::Test {
 protected:
  RequireProfilesOf() { training_.split_strategy = "time_based"; }

  void hold(const std::string& intent) { require_profiles_of(intent, {training_, "t.yaml", policy_, "g.yaml"}); }

  /// Where the profiles do not fit `intent`; empty when they do.
  std::string fault(const std::string& intent) {
    try {
      hold(intent);
      return {};
    } catch (const Error& error) {
      EXPECT_FALSE(error.hint().empty());
      return std::string(error.row().name) + " " + error.context().at("pointer");
    }
  }

  void name_candidate() {
    training_.candidate = {"b", "v0"};
    training_.split_strategy = "all_test";
  }

  contracts::TrainingProfile training_;
  std::optional<contracts::GovernanceProfile> policy_;
};

TEST_F(RequireProfilesOf, AsksNothingOfABaselineTrain) { EXPECT_EQ(fault("baseline_train"), ""); }

TEST_F(RequireProfilesOf, AsksEachOtherIntentForItsBundle) {
  EXPECT_EQ(fault("candidate_eval"), "TRAINING_PROFILE_INVALID /candidate");
  EXPECT_EQ(fault("backfill_retrain"), "TRAINING_PROFILE_INVALID /supersedes");
  EXPECT_EQ(fault("regression_check"), "GOVERNANCE_PROFILE_INVALID /baseline");
  policy_.emplace();
  EXPECT_EQ(fault("regression_check"), "GOVERNANCE_PROFILE_INVALID /baseline");
}

TEST_F(RequireProfilesOf, TakesWhatFits) {
  training_.supersedes = {"b", "v0", "late labels"};
  EXPECT_EQ(fault("backfill_retrain"), "");
  training_.supersedes.reset();
  policy_.emplace().baseline = {"b", "v0"};
  contracts::Comparison comparison;
  comparison.severity = "warn";
  policy_->comparisons = std::vector<contracts::Comparison>{comparison};
  EXPECT_EQ(fault("baseline_train"), "");
  EXPECT_EQ(fault("regression_check"), "GOVERNANCE_PROFILE_INVALID /comparisons") << "it must be able to fail";
  policy_->comparisons->front().severity = "block";
  for (const char* intent : {"regression_check", "baseline_train"}) EXPECT_EQ(fault(intent), "");
  name_candidate();
  EXPECT_EQ(fault("candidate_eval"), "");
}

TEST_F(RequireProfilesOf, LetsNoOtherIntentHaveACandidate) {
  name_candidate();
  for (const char* intent : {"baseline_train", "backfill_retrain", "regression_check"})
    EXPECT_EQ(fault(intent), "TRAINING_PROFILE_INVALID /candidate") << intent;
}

TEST_F(RequireProfilesOf, LetsNoOtherIntentSupersede) {
  training_.supersedes = {"b", "v0", "late labels"};
  EXPECT_EQ(fault("baseline_train"), "TRAINING_PROFILE_INVALID /supersedes");
  EXPECT_EQ(fault("regression_check"), "TRAINING_PROFILE_INVALID /supersedes");
  name_candidate();
  EXPECT_EQ(fault("candidate_eval"), "TRAINING_PROFILE_INVALID /supersedes");
}

TEST_F(RequireProfilesOf, LetsEveryRowTestExactlyWhereNothingIsTrained) {
  training_.split_strategy = "all_test";
  EXPECT_EQ(fault("baseline_train"), "TRAINING_PROFILE_INVALID /split_strategy");
  name_candidate();
  training_.split_strategy = "entity_hash";
  EXPECT_EQ(fault("candidate_eval"), "TRAINING_PROFILE_INVALID /split_strategy");
}

TEST(OnlyEvaluates, IsSoOfCandidateEvalAlone) {
  EXPECT_TRUE(only_evaluates("candidate_eval"));
  for (const char* intent : {"baseline_train", "backfill_retrain", "regression_check"})
    EXPECT_FALSE(only_evaluates(intent)) << intent;
  EXPECT_FALSE(only_evaluates(ledger::RunState{}));
}

}  // namespace
}  // namespace mf::factory
