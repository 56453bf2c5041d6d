#include <algorithm>

#include "mf/engine/explanation.hpp"

namespace mf::engine {

void find_reasons(const Contributions& row, std::span<std::uint32_t> reasons) {
  std::size_t found = 0;
  for (std::uint32_t feature = 0; feature < row.features.size(); ++feature) {
    if (!(row.features[feature] > 0)) continue;
    // A later feature that pushes as much stands behind the earlier one.
    std::size_t place = found;
    while (place > 0 && row.features[reasons[place - 1]] < row.features[feature]) --place;
    if (place == reasons.size()) continue;
    found = std::min(found + 1, reasons.size());
    std::shift_right(reasons.begin() + static_cast<std::ptrdiff_t>(place),
                     reasons.begin() + static_cast<std::ptrdiff_t>(found), 1);
    reasons[place] = feature;
  }
  std::ranges::fill(reasons.subspan(found), kNoReason);
}

}  // namespace mf::engine
