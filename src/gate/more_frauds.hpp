#pragma once
// How many more frauds would settle what an interval leaves open.
//
// Room: gate.

#include <cstdint>
#include <optional>

namespace mf::gate {

/// An interval that the threshold lies in.
struct OpenQuestion {
  double value = 0, lower = 0, upper = 0, threshold = 0;
  std::int64_t frauds = 0;
};

/// About how many frauds more, were the figure to stay what it is: the distance w from the figure to the bound on the
/// threshold's side shrinks with 1/sqrt(frauds), so it is d = |figure - threshold| once there are frauds * (w/d)^2.
/// Nothing when the figure lies on the threshold, when there are no frauds, and beyond what a number in a document
/// holds.
std::optional<std::int64_t> more_frauds(const OpenQuestion& open);

}  // namespace mf::gate
