#include "mf/dataset/record_spill.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spilled.hpp"

namespace mf::dataset {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

SpilledRows ten_rows(std::size_t portion) {
  Rows rows;
  rows.feature_names = {"a"};
  for (std::int64_t i = 0; i < 10; ++i) {
    rows.features.push_back(0);
    rows.labels.push_back(0);
    rows.keys.append("key" + std::to_string(i));
    rows.event_time.push_back(100 * i);
  }
  return testing::spilled(rows, portion);
}

TEST(RecordsOfSomeRows, AreFoundInWhicheverBlockTheyAre) {
  for (const std::size_t portion : {1U, 3U, 10U}) {
    const auto rows = ten_rows(portion);
    const std::vector<std::size_t> some{0, 2, 3, 9};
    EXPECT_THAT(rows.records().event_times_of(some), ElementsAre(0, 200, 300, 900)) << portion;
    const auto keys = rows.records().keys_of(some);
    EXPECT_EQ(keys[1], "key2");
    EXPECT_EQ(keys[3], "key9");
  }
}

TEST(RecordsOfSomeRows, OfNoneAreNone) {
  const auto rows = ten_rows(3);
  EXPECT_THAT(rows.records().event_times_of({}), IsEmpty());
}

}  // namespace
}  // namespace mf::dataset
