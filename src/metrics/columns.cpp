#include "metrics/columns.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "mf/error.hpp"

namespace mf::metrics {
namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(Code::INTERNAL, what); }

void require_length(std::size_t length, std::size_t rows, const std::string& column, bool may_be_absent = true) {
  if (length == rows || (may_be_absent && length == 0)) return;
  refuse("the column " + column + " has " + std::to_string(length) + " values for " + std::to_string(rows) + " scores");
}

void require_numbers(const std::vector<float>& scores) {
  if (std::ranges::any_of(scores, [](float score) { return std::isnan(score); })) refuse("a score is NaN");
}

void require_codes(const SliceColumn& slice, std::size_t rows) {
  require_length(slice.codes.size(), rows, slice.name);
  if (std::ranges::any_of(slice.codes, [&](std::uint32_t code) { return code >= slice.values.size(); }))
    refuse("the column " + slice.name + " has a code without a value");
}

void require_score(float score, bool probability) {
  if (probability && !(score >= 0 && score <= 1))
    refuse("a score is " + std::to_string(score) + "; scores are probabilities, in [0,1]");
  if (!std::isfinite(score)) refuse("a score is no finite number");
}

void require_counts(const std::vector<std::int64_t>& counts, const std::string& what) {
  for (const std::int64_t count : counts)
    if (count < 1) refuse(what + " is " + std::to_string(count) + "; it must be at least 1");
}

void require_rates(const std::vector<double>& rates, const std::string& what) {
  for (const double rate : rates)
    if (!(rate > 0 && rate < 1)) refuse(what + " is " + std::to_string(rate) + "; it must lie in (0,1)");
}

void require_costs(const Costs& costs) {
  for (const double cost : {costs.alert, costs.missed_fraud, costs.missed_fraud_amount_share})
    if (!(cost >= 0) || !std::isfinite(cost)) refuse("a cost is " + std::to_string(cost) + "; it must be 0 or more");
}

}  // namespace

void require_whole_columns(const RankedPart& part) {
  const std::size_t rows = part.rows();
  require_length(part.labels.size(), rows, "labels", false);
  require_length(part.days.size(), rows, "days");
  require_length(part.amounts.size(), rows, "amounts");
  require_length(part.entities.size(), rows, "entities");
  require_length(part.baseline_scores.size(), rows, "baseline scores");
  for (const SliceColumn& slice : part.slices) require_codes(slice, rows);
  require_numbers(part.scores);
  require_numbers(part.baseline_scores);
  if (std::ranges::any_of(part.labels, [](std::uint8_t label) { return label > 1; }))
    refuse("a label is neither 0 nor 1");
  if (std::ranges::any_of(part.entities, [&](std::uint32_t e) { return e >= part.entity_count && e != kNoEntity; }))
    refuse("an entity is not below " + std::to_string(part.entity_count));
}

void require_ranked(const RankedPart& part, bool probabilities) {
  require_whole_columns(part);
  for (const float score : part.scores) require_score(score, probabilities);
  if (!std::ranges::is_sorted(part.scores, std::greater<>())) refuse("the rows are not ranked: a score rises");
}

void require_sound(const EvaluationSettings& settings) {
  require_counts(settings.top_k, "a k");
  require_counts(settings.card_top_k, "a k of cards");
  require_rates(settings.alert_rates, "an alert rate");
  require_rates(settings.max_fpr, "a false positive rate");
  if (settings.beta && !(*settings.beta > 0 && std::isfinite(*settings.beta))) refuse("beta is not above 0");
  if (settings.threshold && std::isnan(*settings.threshold)) refuse("the threshold is NaN");
  if (settings.costs) require_costs(*settings.costs);
}

}  // namespace mf::metrics
