#include "mf/dataset/value_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace mf::dataset {
namespace {

TEST(ValueOrder, IsThatOfTheValuesAndKeepsTheOrderOfEqualOnes) {
  std::mt19937 random(3);
  std::vector<ValueImage> images, spare;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    if (i % 3 == 0) value = static_cast<float>(random() % 7) - 3;
    images.push_back(image_of(value, i));
  }
  auto expected = images;
  std::ranges::stable_sort(expected, {}, [](ValueImage image) { return image >> 32U; });
  sort_by_value(images, spare);
  EXPECT_EQ(images, expected);
  for (std::size_t i = 1; i < images.size(); ++i) {
    if (images[i - 1] >> 32U != 0) {
      EXPECT_LE(value_of(images[i - 1]), value_of(images[i]));
    }
    if (have_same_value(images[i - 1], images[i])) {
      EXPECT_LT(companion_of(images[i - 1]), companion_of(images[i]));
    }
  }
}

TEST(ValueOrder, GivesValuesBack) {
  for (const float value : {0.0F, 1.5F, -1.5F, 1e-45F, -1e38F, std::numeric_limits<float>::infinity()}) {
    EXPECT_EQ(value_of(image_of(value, 7)), value);
    EXPECT_EQ(companion_of(image_of(value, 7)), 7U);
  }
}

TEST(ValueOrder, PutsMissingFirstAndTakesMinusZeroForZero) {
  EXPECT_LT(image_of(-std::nanf(""), 9), image_of(-std::numeric_limits<float>::infinity(), 0));
  EXPECT_EQ(image_of(-0.0F, 1), image_of(0.0F, 1));
}

}  // namespace
}  // namespace mf::dataset
