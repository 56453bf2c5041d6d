#pragma once
// Which part of the evaluation each row belongs to.
//
// Room: dataset.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mf/contracts/training_profile.hpp"
#include "mf/dataset/spilled_rows.hpp"
#include "mf/time.hpp"

namespace mf::dataset {

enum class Part : std::uint8_t {
  train,
  validation,
  test,
  unlabelled,         ///< the label is not known yet
  immature_negative,  ///< no fraud seen, but too young for that to mean anything: censored
  immature_positive,  ///< fraud seen early: set aside with the censored rows, or the window would be all fraud
  embargoed,          ///< inside the gap after a cut
};
constexpr std::size_t kParts = 7;
constexpr std::array<Part, 3> kEvaluatedParts = {Part::train, Part::validation, Part::test};
std::string_view name_of(Part part);

/// When labels of the dataset mean something.
struct LabelHorizon {
  UtcTime label_asof;
  std::optional<std::int64_t> maturity_days;  ///< nothing: every known label counts as mature
};

struct PartCount {
  std::size_t rows = 0;
  std::size_t positives = 0;
};

/// A part for each row, and the facts that were decided on the way.
struct Split {
  std::vector<Part> part;                  ///< one for each row
  UtcTime validation_start;                ///< the first event time that is not train
  UtcTime test_start;                      ///< the first event time that is neither train nor validation
  std::optional<UtcTime> mature_until;     ///< events after it are immature; nothing without maturity_days
  std::array<PartCount, kParts> counts{};  ///< by Part

  /// The rows of `wanted`, ascending.
  [[nodiscard]] std::vector<std::size_t> rows_of(Part wanted) const;
};

/// Splits by event time: the eligible rows (known, mature labels) are ordered by time; the first `train` fraction
/// trains, the next validates, the rest tests. Equal times never straddle a cut. Rows less than embargo_hours after a
/// cut are left out. Throws SPLIT_INVALID, with all counts, when train, validation or test lacks rows or one of the
/// classes; DATA_INVALID "all labels are one class" when the whole dataset has one class only; TRAINING_PROFILE_INVALID
/// when the fractions are not positive or do not sum to 1, or the embargo is not between 0 and 1000 years.
Split split_by_time(const RowFacts& rows, const LabelHorizon& horizon,
                    const contracts::TrainingProfile::Split& fractions);

}  // namespace mf::dataset
