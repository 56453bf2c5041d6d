#pragma once
// Sorting 32-bit numbers in linear time: a comparison sort would be most of the cost of every ranking figure.

#include <cstdint>
#include <vector>

namespace mf::metrics {

/// Puts `numbers` in ascending order; takes as much memory again while it runs.
void radix_sort(std::vector<std::uint32_t>& numbers);

}  // namespace mf::metrics
