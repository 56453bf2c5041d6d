#include "mf/dataset/split.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using Fractions = contracts::TrainingProfile::Split;

constexpr std::string_view kNames[kParts] = {
    "train", "validation", "test", "unlabelled", "immature_negative", "immature_positive", "embargoed"};
constexpr std::int64_t kFirstInstant = -62'135'596'800 * kMicrosecondsPerSecond;  // 0001-01-01T00:00:00Z
constexpr double kSumTolerance = 1e-9;
constexpr double kLongestEmbargoHours = 24.0 * 366 * 1000;

std::size_t index_of(Part part) { return static_cast<std::size_t>(part); }

void require_fractions(const Fractions& fractions) {
  const double sum = fractions.train + fractions.validation + fractions.test;
  const bool positive = fractions.train > 0 && fractions.validation > 0 && fractions.test > 0;
  if (positive && std::fabs(sum - 1) <= kSumTolerance) return;
  throw Error(Code::TRAINING_PROFILE_INVALID,
              "split: train " + std::to_string(fractions.train) + ", validation " +
                  std::to_string(fractions.validation) + " and test " + std::to_string(fractions.test) +
                  " must be positive and sum to 1",
              {{"pointer", "/split"}, {"observed", std::to_string(sum)}, {"expected", "1"}});
}

std::int64_t embargo_of(const Fractions& fractions) {
  if (fractions.embargo_hours >= 0 && fractions.embargo_hours <= kLongestEmbargoHours) {
    return std::llround(fractions.embargo_hours * 3600 * static_cast<double>(kMicrosecondsPerSecond));
  }
  throw Error(Code::TRAINING_PROFILE_INVALID,
              "split: embargo_hours " + std::to_string(fractions.embargo_hours) + " is not between 0 and 1000 years",
              {{"pointer", "/split/embargo_hours"}});
}

void require_rows_of_both_classes(const RowFacts& rows) {
  const auto negatives = std::count(rows.labels.begin(), rows.labels.end(), std::int8_t{0});
  const auto positives = std::count(rows.labels.begin(), rows.labels.end(), std::int8_t{1});
  if (negatives > 0 && positives > 0) return;
  const bool none = negatives == 0 && positives == 0;
  throw Error(Code::DATA_INVALID,
              (none ? "no row has a known label; rows: " : "all labels are one class; rows: ") +
                  std::to_string(rows.size()) + ", known negative: " + std::to_string(negatives) +
                  ", known positive: " + std::to_string(positives),
              {{"rows", std::to_string(rows.size())},
               {"negatives", std::to_string(negatives)},
               {"positives", std::to_string(positives)}},
              "Training needs rows of both classes: check which column has the role label.");
}

std::optional<UtcTime> mature_until(const LabelHorizon& horizon) {
  if (!horizon.maturity_days) return {};
  constexpr std::int64_t kAllDays = 4'000'000;  // more than the years 1 to 9999 have
  const std::int64_t days = std::clamp<std::int64_t>(*horizon.maturity_days, 0, kAllDays);
  return UtcTime{std::max(kFirstInstant, horizon.label_asof.microseconds - days * kMicrosecondsPerDay)};
}

/// Why a row cannot be evaluated; train stands for a row that can, until the cuts are known.
Part maturity_of(std::int8_t label, std::int64_t time, const std::optional<UtcTime>& mature) {
  if (label == Rows::kUnknownLabel) return Part::unlabelled;
  if (!mature || time <= mature->microseconds) return Part::train;
  return label == 1 ? Part::immature_positive : Part::immature_negative;
}

/// The time of the row at `fraction` of `times`, or just after all of them. Reorders `times`.
std::int64_t time_at(std::vector<std::int64_t>& times, double fraction) {
  const auto index = static_cast<std::ptrdiff_t>(std::floor(fraction * static_cast<double>(times.size()) + 1e-9));
  if (times.empty()) return kFirstInstant;
  if (static_cast<std::size_t>(index) >= times.size()) return *std::max_element(times.begin(), times.end()) + 1;
  std::nth_element(times.begin(), times.begin() + index, times.end());
  return times[static_cast<std::size_t>(index)];
}

void find_cuts(Split& split, const RowFacts& rows, const Fractions& fractions) {
  std::vector<std::int64_t> times;
  times.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (split.part[i] == Part::train) times.push_back(rows.event_time[i]);
  }
  split.validation_start = {time_at(times, fractions.train)};
  split.test_start = {time_at(times, fractions.train + fractions.validation)};
}

Part part_at(std::int64_t time, const Split& split, std::int64_t embargo) {
  const std::int64_t validation = split.validation_start.microseconds, test = split.test_start.microseconds;
  const auto is_embargoed = [&](std::int64_t cut) { return time >= cut && time - cut < embargo; };
  if (is_embargoed(validation) || is_embargoed(test)) return Part::embargoed;
  if (time < validation) return Part::train;
  return time < test ? Part::validation : Part::test;
}

void count(Split& split, const RowFacts& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& counted = split.counts[index_of(split.part[i])];
    ++counted.rows;
    counted.positives += rows.labels[i] == 1 ? 1 : 0;
  }
}

std::string in_words(const PartCount& count) {
  return std::to_string(count.rows) + " rows, " + std::to_string(count.positives) + " positive";
}

std::string lacking(const PartCount& count) {
  if (count.rows == 0) return "has no rows";
  return count.positives == 0 ? "has no positives" : "has no negatives";
}

void require_usable_parts(const Split& split) {
  for (const Part part : kEvaluatedParts) {
    const auto& counted = split.counts[index_of(part)];
    if (counted.positives > 0 && counted.positives < counted.rows) continue;
    std::string counts;
    Error::Context context{{"part", std::string(name_of(part))}};
    for (std::size_t i = 0; i < kParts; ++i) {
      counts += (i == 0 ? "; " : ", ") + std::string(kNames[i]) + " (" + in_words(split.counts[i]) + ")";
      context.emplace(kNames[i], in_words(split.counts[i]));
    }
    throw Error(Code::SPLIT_INVALID, "the " + std::string(name_of(part)) + " part " + lacking(counted) + counts,
                context);
  }
}

}  // namespace

std::string_view name_of(Part part) { return kNames[index_of(part)]; }

std::vector<std::size_t> Split::rows_of(Part wanted) const {
  std::vector<std::size_t> rows;
  rows.reserve(counts[index_of(wanted)].rows);
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] == wanted) rows.push_back(i);
  }
  return rows;
}

Split split_by_time(const RowFacts& rows, const LabelHorizon& horizon, const Fractions& fractions) {
  require_fractions(fractions);
  const std::int64_t embargo = embargo_of(fractions);
  require_rows_of_both_classes(rows);
  Split split;
  split.mature_until = mature_until(horizon);
  split.part.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    split.part.push_back(maturity_of(rows.labels[i], rows.event_time[i], split.mature_until));
  }
  find_cuts(split, rows, fractions);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (split.part[i] == Part::train) split.part[i] = part_at(rows.event_time[i], split, embargo);
  }
  count(split, rows);
  require_usable_parts(split);
  return split;
}

}  // namespace mf::dataset
