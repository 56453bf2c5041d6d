#pragma once
// The columns of scored rows, in the order in which they stand.

#include <array>
#include <string_view>

namespace mf::dataset {

inline constexpr std::array<std::string_view, 5> kFixedColumns = {"subject_key", "part", "label", "score",
                                                                  "event_time_utc"};
// Then those that there are of these, and the slices.
inline constexpr std::string_view kAmount = "amount", kEntity = "entity_key", kBaselineScore = "baseline_score",
                                  kReasonCodes = "reason_codes", kSlicePrefix = "slice_";

}  // namespace mf::dataset
