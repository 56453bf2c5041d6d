#pragma once
// The guards against knowing what one should not know.
//
// Room: dataset.  Each guard looks at every row, never drops one, and refuses with counts and sample keys.

#include <cstddef>
#include <cstdint>
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

/// Guards over the split: parts overlapping in time, entities in more than one part (a violation only if the profile
/// forbids it; else clear, with the count of test rows whose entity is in train), and each feature's own ROC AUC on the
/// train part against the profile's limit (either direction, missing values lowest). This last one counts features as
/// offending and gives `name=auc` for keys. It runs on `threads` threads; the findings do not depend on how many.
std::vector<GuardFinding> check_split(const SpilledRows& rows, const Split& split,
                                      const contracts::TrainingProfile::Leakage& leakage, int threads);

/// Throws LEAKAGE_GUARD_VIOLATION for the first violated finding: which guard, how many rows of how many, sample keys,
/// the fix.
void require_clear(const std::vector<GuardFinding>& findings);

}  // namespace mf::dataset
