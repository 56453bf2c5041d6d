#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mf/engine/booster.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class EngineFailure : public ::testing::Test {
 protected:
  Error failure() const {
    try {
      fit(rows_, train_, {}, profile_, {.seed = 1, .threads = 1});
    } catch (const Error& error) {
      return error;
    }
    return {Code::INTERNAL, "nothing failed"};
  }

  dataset::Rows rows_ = testing::synthetic_rows(200);
  testing::Indices train_ = testing::range(0, 200);
  contracts::TrainingProfile profile_ = testing::profile();
};

TEST_F(EngineFailure, IsOneLineInPlainWords) {
  rows_.labels[5] = dataset::Rows::kUnknownLabel;
  const Error error = failure();
  EXPECT_EQ(error.code(), Code::ENGINE_FAILED);
  EXPECT_THAT(error.message(), HasSubstr("label must be in [0,1]"));
  EXPECT_THAT(error.message(), Not(HasSubstr("\n")));
  EXPECT_THAT(error.message(), Not(HasSubstr(".cc")));
}

TEST_F(EngineFailure, ReportsThatThereAreNoRows) {
  train_.clear();
  EXPECT_EQ(failure().code(), Code::ENGINE_FAILED);
}

TEST_F(EngineFailure, ReportsThatThereAreNoFeatures) {
  rows_.feature_names.clear();
  rows_.features.clear();
  EXPECT_EQ(failure().code(), Code::ENGINE_FAILED);
}

TEST_F(EngineFailure, ReportsAParameterThatXgboostRefuses) {
  profile_.algorithm.params["eta"] = std::string("fast");
  EXPECT_EQ(failure().code(), Code::ENGINE_FAILED);
}

}  // namespace
}  // namespace mf::engine
