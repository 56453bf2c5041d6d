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
  sampled_out,        ///< a negative of the train part that the profile's sampling left out
};
constexpr std::size_t kParts = 8;
constexpr std::array<Part, 3> kEvaluatedParts = {Part::train, Part::validation, Part::test};
std::string_view name_of(Part part);

/// When labels of the dataset mean something.
struct LabelHorizon {
  UtcTime label_asof;
  std::optional<std::int64_t> maturity_days;  ///< nothing: every known label counts as mature
};

/// Rows one after another, from `first` to before `end`.
struct RowRange {
  std::size_t first, end;
};

/// The rows that may only test, as their manifests say; ascending. Empty when manifests have no roles.
using EvaluationRows = std::vector<RowRange>;

struct PartCount {
  std::size_t rows = 0;
  std::size_t positives = 0;
};

/// Where hashes of entities are cut.
struct EntityCuts {
  double train_below, validation_below;
};

/// What sampling did to the negatives of the train part.
struct Sampled {
  std::size_t kept = 0, dropped = 0;
  double weight = 1;  ///< of each kept one, times its own
};

/// A part for each row, and the facts that were decided on the way.
struct Split {
  std::vector<Part> part;                   ///< one for each row
  std::optional<UtcTime> validation_start;  ///< the first event time that is not train; nothing if split by entity
  std::optional<UtcTime> test_start;        ///< the first event time that is neither train nor validation; so, too
  std::optional<UtcTime> mature_until;      ///< events after it are immature; nothing without maturity_days
  std::optional<EntityCuts> entity_cuts;    ///< nothing if split by time
  std::optional<Sampled> sampled;           ///< nothing without sampling
  std::array<PartCount, kParts> counts{};   ///< by Part
  bool only_tests = false;                  ///< no row trains or validates

  /// The rows of `wanted`, ascending.
  [[nodiscard]] std::vector<std::size_t> rows_of(Part wanted) const;
};

/// Splits by event time. The eligible rows have known, mature labels. Without roles they are cut at the profile's
/// times, or ordered by time: the first `train` fraction trains, the next validates, the rest tests. With roles,
/// `evaluation` tests, and the others are cut alike into train and validation, whose fractions are scaled to sum to 1.
/// Equal times never straddle a cut. Rows less than embargo_hours after a cut are left out; with roles, the second cut
/// is the last event of the other rows. Throws SPLIT_INVALID, with all counts, when train, validation or test lacks
/// rows or one of the classes; DATA_INVALID "all labels are one class" when the whole dataset has one class only;
/// TRAINING_PROFILE_INVALID when the fractions are not positive or do not sum to 1, the cuts do not ascend or do not
/// fit the roles, or the embargo is not between 0 and 1000 years.
Split split_by_time(const RowFacts& rows, const LabelHorizon& horizon, const contracts::TrainingProfile::Split& how,
                    const EvaluationRows& evaluation = {});

/// Splits by entity: the eligible rows of an entity are all in the part that the entity's hash falls into
/// (kEntityHashRecipe). With roles, `evaluation` tests, and the others train or validate. Reads rows.records() once.
/// Throws as split_by_time, and SPLIT_INVALID when an eligible row has no entity.
Split split_by_entity(const SpilledRows& rows, const LabelHorizon& horizon,
                      const contracts::TrainingProfile::Split& how, const EvaluationRows& evaluation = {});

/// Every eligible row tests: nothing is trained, and nothing chosen, on any of them. Throws SPLIT_INVALID unless there
/// are such rows of both classes, DATA_INVALID as split_by_time.
Split split_all_test(const RowFacts& rows, const LabelHorizon& horizon);

/// Moves negatives of the train part to Part::sampled_out, all but a share of `sampling.rate`, by the hash of their
/// subject keys (kSamplingRecipe). Reads rows.records() once. Throws SPLIT_INVALID when none is left.
void sample_negatives(const SpilledRows& rows, const contracts::TrainingProfile::Sampling& sampling, Split& split);

/// Whether `how` can cut rows whose manifests have roles, or have none. Throws TRAINING_PROFILE_INVALID.
void require_cuts_fit(const contracts::TrainingProfile::Split& how, bool roles);

/// Names of hashes that are cut: 53 bits of sha256(recipe LF seed LF text), as a number from 0 to below 1.
/// docs/formats/identity.md.
inline constexpr std::string_view kEntityHashRecipe = "mf.entity_hash_split.v1";
inline constexpr std::string_view kSamplingRecipe = "mf.negative_downsampling.v1";

}  // namespace mf::dataset
