#include "gate/wording.hpp"

#include <array>
#include <charconv>
#include <sstream>

namespace mf::gate {
namespace {

using contracts::CriterionResult;

std::string rounded(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

std::string exact(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

/// Six digits, or all of them where six would read as the threshold that the value is beside.
std::string number(double value, double threshold) {
  const bool reads_alike = value != threshold && rounded(value) == rounded(threshold);
  return reads_alike ? exact(value) : rounded(value);
}

std::string interval_in_words(const CriterionResult& result) {
  if (!result.interval) return {};
  return "between " + number(result.interval->lower, result.threshold) + " and " +
         number(result.interval->upper, result.threshold);
}

std::string paired_in_words(const CriterionResult& result) {
  std::string text = figure_in_words(result) + " is " + rounded(result.observed.value()) + ", of the baseline " +
                     rounded(result.baseline.value()) + ": " + number(result.difference.value(), result.threshold) +
                     (*result.difference < 0 ? " (worse)" : " (not worse)");
  return result.interval ? text + ", " + interval_in_words(result) : text;
}

}  // namespace

std::string figure_in_words(const CriterionResult& result) {
  std::string text = result.metric + " of " + result.part;
  if (!result.slice) return text;
  text += " where " + result.slice->column;
  return result.slice->value ? text + " is " + (result.slice->value->empty() ? "empty" : *result.slice->value)
                             : text + " has a value";
}

std::string observation_in_words(const CriterionResult& result) {
  if (result.difference) return paired_in_words(result);
  const std::string text = figure_in_words(result) + " is " + number(result.observed.value(), result.threshold);
  return result.interval && result.bound != "point" ? text + ", " + interval_in_words(result) : text;
}

std::string demand_in_words(const CriterionResult& result) {
  const bool of_bound = result.bound.value_or("point") != "point";
  return (of_bound ? "; its " + *result.bound + " bound should be " : std::string(", should be ")) +
         (result.comparison == "at_most" ? "at most " : "at least ") + rounded(result.threshold);
}

}  // namespace mf::gate
