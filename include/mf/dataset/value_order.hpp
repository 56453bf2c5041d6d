#pragma once
// Sorting many floats, each with something that goes along.
//
// Room: dataset.

#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace mf::dataset {

/// A value and 32 bits that belong to it in one word, which sorts as the value does: missing lowest, -0 and 0 as one.
using ValueImage = std::uint64_t;

inline ValueImage image_of(float value, std::uint32_t companion) {
  if (std::isnan(value)) return companion;
  const auto bits = std::bit_cast<std::uint32_t>(value + 0.0F);
  const std::uint32_t ordered = (bits >> 31U) != 0 ? ~bits : bits | 0x8000'0000U;
  return static_cast<ValueImage>(ordered) << 32U | companion;
}

/// The value of an image, which was not missing; 0 for -0.
inline float value_of(ValueImage image) {
  const auto ordered = static_cast<std::uint32_t>(image >> 32U);
  return std::bit_cast<float>((ordered >> 31U) != 0 ? ordered & 0x7FFF'FFFFU : ~ordered);
}

constexpr std::uint32_t companion_of(ValueImage image) { return static_cast<std::uint32_t>(image); }

constexpr bool have_same_value(ValueImage a, ValueImage b) { return a >> 32U == b >> 32U; }

/// Sorts by value; images of one value stay in their order. Linear. `spare` is room for as many, of any content.
void sort_by_value(std::vector<ValueImage>& images, std::vector<ValueImage>& spare);

}  // namespace mf::dataset
