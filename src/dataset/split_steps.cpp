#include "dataset/split_steps.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "mf/error.hpp"

namespace mf::dataset {
namespace {

constexpr std::string_view kNames[kParts] = {
    "train", "validation", "test", "unlabelled", "immature_negative", "immature_positive", "embargoed", "sampled_out"};
constexpr std::int64_t kFirstInstant = -62'135'596'800 * kMicrosecondsPerSecond;  // 0001-01-01T00:00:00Z
constexpr double kSumTolerance = 1e-9;

std::size_t index_of(Part part) { return static_cast<std::size_t>(part); }

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

void count(Split& split, const RowFacts& rows) {
  split.counts = {};
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

void require_usable_parts(const Split& split, std::span<const Part> needed) {
  for (const Part part : needed) {
    const auto& counted = split.counts[index_of(part)];
    if (counted.positives > 0 && counted.positives < counted.rows) continue;
    std::string counts;
    Error::Context context{{"part", std::string(name_of(part))}};
    for (std::size_t i = 0; i < kParts; ++i) {
      if (i == index_of(Part::sampled_out) && !split.sampled) continue;
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

void require_fractions(const contracts::TrainingProfile::Split& how) {
  const double train = how.train.value_or(0), validation = how.validation.value_or(0), test = how.test.value_or(0);
  const double sum = train + validation + test;
  if (train > 0 && validation > 0 && test > 0 && std::fabs(sum - 1) <= kSumTolerance) return;
  throw Error(Code::TRAINING_PROFILE_INVALID,
              "split: train " + std::to_string(train) + ", validation " + std::to_string(validation) + " and test " +
                  std::to_string(test) + " must be positive and sum to 1",
              {{"pointer", "/split"}, {"observed", std::to_string(sum)}, {"expected", "1"}});
}

double scaled_train(const contracts::TrainingProfile::Split& how) {
  return *how.train / (*how.train + *how.validation);
}

Split begin_split(const RowFacts& rows, const LabelHorizon& horizon) {
  require_rows_of_both_classes(rows);
  Split split;
  split.mature_until = mature_until(horizon);
  split.part.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    split.part.push_back(maturity_of(rows.labels[i], rows.event_time[i], split.mature_until));
  return split;
}

void finish_split(const RowFacts& rows, Split& split, std::span<const Part> needed) {
  count(split, rows);
  require_usable_parts(split, needed);
}

}  // namespace mf::dataset
