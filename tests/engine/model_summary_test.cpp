#include "mf/engine/model_summary.hpp"

#include <gtest/gtest.h>

#include "engine/synthetic_rows.hpp"
#include "mf/engine/booster.hpp"
#include "support/failures.hpp"

namespace mf::engine {
namespace {

class ModelSummaryOf : public ::testing::TestWithParam<const char*> {};

TEST_P(ModelSummaryOf, SaysBoosterObjectiveAndRounds) {
  const std::string booster = GetParam();
  auto profile = testing::profile(7);
  profile.algorithm_id = "xgboost." + booster;
  if (booster == "gblinear") profile.algorithm.params = {{"eta", 0.5}};
  profile.algorithm.objective = "reg:logistic";
  const auto rows = testing::synthetic_rows(300);
  const Fit fitted = fit(rows, testing::range(0, 200), testing::range(200, 300), profile, {31, 1});
  const auto summary = summary_of(fitted.model);
  EXPECT_EQ(summary.booster, booster);
  EXPECT_EQ(summary.objective, "reg:logistic");
  EXPECT_EQ(summary.rounds, 7);
}

INSTANTIATE_TEST_SUITE_P(All, ModelSummaryOf, ::testing::Values("gbtree", "dart", "gblinear"));

TEST(ModelSummary, IsRefusedOfWhatIsNoModel) {
  EXPECT_CODE(summary_of("no model"), Code::ENGINE_FAILED);
  EXPECT_CODE(summary_of(""), Code::ENGINE_FAILED);
}

TEST(RequireModelOf, TakesExactlyItsFeaturesInTheirOrder) {
  const auto rows = testing::synthetic_rows(300);
  const Fit fitted = fit(rows, testing::range(0, 200), testing::range(200, 300), testing::profile(3), {31, 1});
  auto names = rows.feature_names;
  EXPECT_NO_THROW(require_model_of(fitted.model, names));
  std::swap(names.front(), names.back());
  EXPECT_CODE(require_model_of(fitted.model, names), Code::ENGINE_FAILED);
  EXPECT_CODE(require_model_of(fitted.model, {}), Code::ENGINE_FAILED);
  EXPECT_CODE(require_model_of("no model", rows.feature_names), Code::ENGINE_FAILED);
  EXPECT_CODE(require_model_of(fitted.model.substr(0, fitted.model.size() / 2), rows.feature_names),
              Code::ENGINE_FAILED);
}

}  // namespace
}  // namespace mf::engine
