#pragma once
// The guards against knowing what one should not know.
//
// Room: dataset.  Each guard looks at every row, never drops one, and refuses with counts and sample keys.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/training_profile.hpp"
#include "mf/dataset/rows.hpp"
#include "mf/dataset/spilled_rows.hpp"
#include "mf/dataset/split.hpp"
#include "mf/time.hpp"

namespace mf::dataset {

/// What one guard found.
struct GuardFinding {
  std::string guard;        ///< such as label_observed_after_asof
  std::string status = {};  ///< clear, violated, or not_applicable (with the reason in `note`)
  std::size_t rows_checked = 0;
  std::size_t rows_offending = 0;
  std::vector<std::string> sample_keys = {};  ///< at most 5 offending subject keys, in row order
  std::string note = {};
  bool demanded = true;  ///< it refuses what offends, and where it cannot look; else it only counts
};

/// Guards over single rows, told of them as they are read: label observed after the as-of time, event after the as-of
/// time, label without the time it was observed at, feature computed after its event, label observed before its event.
/// The guards over labels look at rows with a known label only.
class RowGuards {
 public:
  explicit RowGuards(UtcTime label_asof);

  /// Looks at the next rows, of which all have a feature time or none.
  void see(const Rows& rows);

  /// What was found in all rows seen.
  [[nodiscard]] std::vector<GuardFinding> findings() const;

 private:
  std::int64_t asof_;
  std::vector<GuardFinding> findings_;
};

/// The guard against rows that repeat an earlier row's subject key.
GuardFinding check_keys(const SpilledRows& rows);

/// When the events of a part were.
struct PartInTime {
  Part part = Part::train;
  UtcTime first{}, last{};
};

/// What a part shares with an earlier one.
struct PartOverlap {
  Part earlier = Part::train, later = Part::validation;
  std::optional<std::size_t> entities = {}, entity_rows = {};  ///< nothing without an entity column
  std::size_t duplicate_rows = 0;
};

struct FeatureSuspect {
  std::string feature;
  double auc = 0;
};

struct IdLikeSuspect {
  std::string feature;
  std::size_t distinct = 0;
  double time_correlation = 0, row_correlation = 0;
};

/// What was found in a split, guards and facts alike.
struct SplitFindings {
  std::vector<GuardFinding> guards;
  std::vector<PartInTime> parts;                 ///< in the order of kEvaluatedParts
  std::vector<PartOverlap> overlaps;             ///< of each evaluated part with each earlier one
  std::vector<FeatureSuspect> feature_suspects;  ///< at most 5, the best first; none when no guard looks at features
  std::vector<IdLikeSuspect> id_like_suspects;   ///< at most 5, the closest first; none when no guard looks at features
};

/// Guards over the split, whose parts all have rows of both classes, or of which only test has rows: what is said of
/// the train part below is then so of the test part, and parts cannot overlap. Parts overlapping in time (not
/// applicable to a split by entity); entities in more than one part (a violation if the profile forbids it or the split
/// is by entity; else clear, with the count of test rows whose entity is in train); each feature's own ROC AUC on the
/// train part against the profile's limit (either direction, missing values lowest); rows with the features of a row of
/// an earlier part, bit for bit; and features of nearly all different values whose rank correlation with event time or
/// row order reaches the profile's limit on the train part. The guards over features count features as offending and
/// give `name=value` for keys; they look when the profile limits either. They run on `threads` threads; the findings do
/// not depend on how many.
SplitFindings check_split(const SpilledRows& rows, const Split& split,
                          const contracts::TrainingProfile::Leakage& leakage, int threads);

/// Throws LEAKAGE_GUARD_VIOLATION for the first violated finding (which guard, how many rows of how many, sample keys,
/// the fix), or the first demanded one that could not be applied.
void require_clear(const std::vector<GuardFinding>& findings);

}  // namespace mf::dataset
