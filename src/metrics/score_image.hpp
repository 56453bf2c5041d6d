#pragma once
// Scores as unsigned integers in the same order, so that they can be sorted digit by digit.

#include <bit>
#include <cstdint>

namespace mf::metrics {

/// Below the image of every number, -infinity included (whose image is 0x007FFFFF).
inline constexpr std::uint32_t kNanImage = 0;

/// a < b exactly when image_of(a) < image_of(b); -0 and +0 have one image; every NaN has kNanImage.
constexpr std::uint32_t image_of(float score) {
  constexpr std::uint32_t sign = 0x8000'0000U, infinity = 0x7F80'0000U;
  const auto bits = std::bit_cast<std::uint32_t>(score);
  if ((bits & ~sign) > infinity) return kNanImage;
  if (bits == sign) return sign;
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

/// The score with this image: +0 for either zero, a NaN for kNanImage.
constexpr float score_of(std::uint32_t image) {
  constexpr std::uint32_t sign = 0x8000'0000U;
  return std::bit_cast<float>((image & sign) != 0 ? image & ~sign : ~image);
}

}  // namespace mf::metrics
