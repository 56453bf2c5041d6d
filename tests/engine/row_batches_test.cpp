#include <gtest/gtest.h>

#include <limits>

#include "mf/engine/booster.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

class RowBatches : public ::testing::Test {
 protected:
  Fit fitted() const { return fit(rows_, testing::range(0, 200), {}, testing::profile(), {.seed = 1, .threads = 1}); }

  std::string refusal_to_fit() const {
    try {
      fitted();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::ENGINE_FAILED);
      return error.message();
    }
    return "nothing was refused";
  }

  dataset::Rows rows_ = testing::synthetic_rows(300);
};

TEST_F(RowBatches, RefuseToLearnFromAnInfiniteValue) {
  rows_.features[30] = -kInfinity;
  EXPECT_EQ(refusal_to_fit(), "feature c is infinite in row 7");
}

TEST_F(RowBatches, RefuseToScoreAnInfiniteValue) {
  const Scorer scorer(fitted().model, rows_.feature_names, 1);
  rows_.features[1000] = kInfinity;
  EXPECT_NO_THROW(scorer.score(rows_, {249, 251}));
  EXPECT_THROW(scorer.score(rows_, {249, 250, 251}), Error);
}

TEST_F(RowBatches, LookAtTheWantedRowsOnly) {
  rows_.features[1000] = kInfinity;
  EXPECT_NO_THROW(fitted());
}

}  // namespace
}  // namespace mf::engine
