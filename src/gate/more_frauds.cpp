#include "gate/more_frauds.hpp"

#include <algorithm>
#include <cmath>

namespace mf::gate {
namespace {

constexpr double kMost = 9007199254740991;  // 2^53 - 1: what JSON readers hold exactly

}  // namespace

std::optional<std::int64_t> more_frauds(const OpenQuestion& open) {
  const double distance = std::abs(open.value - open.threshold);
  const double width = open.value > open.threshold ? open.value - open.lower : open.upper - open.value;
  const double ratio = width / distance;
  const double more = std::ceil(static_cast<double>(open.frauds) * (ratio * ratio - 1));
  if (open.frauds <= 0 || !(more <= kMost)) return {};
  return static_cast<std::int64_t>(std::max(1.0, more));
}

}  // namespace mf::gate
