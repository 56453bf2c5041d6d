#include "mf/engine/parameters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/early_stopping.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

using contracts::ParameterValue;
using Algorithm = contracts::TrainingProfile::Algorithm;
using Type = ParameterRow::Type;

constexpr std::string_view kAlgorithm = "xgboost.gbtree";
constexpr std::int64_t kMostRounds = 10'000;
constexpr double kHuge = 1e9;
constexpr std::string_view kTogether = ": early_stopping_rounds and early_stopping_metric come together";

constexpr ParameterRow kTable[] = {
    {"alpha", Type::real, false, 0, kHuge, "0", "L1 penalty on leaf weights: larger makes the trees more cautious."},
    {"colsample_bylevel", Type::real, true, 0, 1, "1", "Share of the features drawn anew for each level of a tree."},
    {"colsample_bynode", Type::real, true, 0, 1, "1", "Share of the features drawn anew for each split."},
    {"colsample_bytree", Type::real, true, 0, 1, "1", "Share of the features drawn anew for each tree."},
    {"eta", Type::real, true, 0, 1, "0.3", "Learning rate: how much of each tree's answer is added to the model."},
    {"gamma", Type::real, false, 0, kHuge, "0", "The least loss reduction that a split must bring."},
    {"lambda", Type::real, false, 0, kHuge, "1", "L2 penalty on leaf weights: larger makes the trees more cautious."},
    {"max_bin", Type::integer, false, 2, 65'535, "256",
     "Histogram bins of a feature: more is finer, slower and larger."},
    {"max_delta_step", Type::real, false, 0, kHuge, "0",
     "The most that one tree may move a leaf, 0 for no limit; 1 to 10 steadies very rare fraud."},
    {"max_depth", Type::integer, false, 1, 32, "6", "Depth of a tree: deeper fits more and overfits more."},
    {"max_leaves", Type::integer, false, 0, 65'536, "0", "The most leaves of a tree, 0 for no limit."},
    {"min_child_weight", Type::real, false, 0, kHuge, "1",
     "The least sum of hessians in a leaf: larger makes fewer leaves."},
    {"scale_pos_weight", Type::real, true, 0, kHuge, "1",
     "Weight of every fraud row; it shifts the scores off probabilities."},
    {"subsample", Type::real, true, 0, 1, "1", "Share of the rows drawn anew for each tree."},
};

// What people write out of habit, and what to write here.
struct Habit {
  std::string_view name, instead;
};
constexpr Habit kHabits[] = {
    {"learning_rate", "write eta"},
    {"min_split_loss", "write gamma"},
    {"reg_lambda", "write lambda"},
    {"reg_alpha", "write alpha"},
    {"n_estimators", "write algorithm.rounds"},
    {"num_boost_round", "write algorithm.rounds"},
    {"early_stopping_rounds", "write it beside params, as algorithm.early_stopping_rounds"},
    {"eval_metric", "write algorithm.early_stopping_metric"},
    {"seed", "write seed_policy.base_seed"},
    {"random_state", "write seed_policy.base_seed"},
    {"nthread", "leave it out: the number of threads is the platform profile's and changes no model"},
    {"n_jobs", "leave it out: the number of threads is the platform profile's and changes no model"},
    {"booster", "leave it out: it is always gbtree"},
    {"tree_method", "leave it out: it is always hist"},
    {"objective", "leave it out: it is always binary:logistic"},
};

template <typename Number>
std::string shortest(Number number) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

std::string text_of(const ParameterValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return shortest(*integer);
  if (const auto* real = std::get_if<double>(&value)) return shortest(*real);
  return std::get<std::string>(value);
}

// As a profile would show it: only a text has quotes.
std::string shown(const ParameterValue& value) {
  return std::holds_alternative<std::string>(value) ? "\"" + text_of(value) + "\"" : text_of(value);
}

template <typename Range>
std::string listed(const Range& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + std::string(name);
  return list;
}

[[noreturn]] void refuse(const std::string& pointer, const std::string& observed, const std::string& expected,
                         std::string hint = {}) {
  throw Error(Code::TRAINING_PROFILE_INVALID, pointer + " is " + observed + "; expected " + expected,
              {{"pointer", pointer}, {"observed", observed}, {"expected", expected}}, std::move(hint));
}

std::vector<std::string> known_names() {
  std::vector<std::string> names;
  for (const auto& row : kTable) names.emplace_back(row.name);
  return names;
}

std::string advice(const std::string& name) {
  const auto* habit = std::ranges::find(kHabits, name, &Habit::name);
  if (habit != std::end(kHabits)) return "Instead of " + name + " " + std::string(habit->instead) + ".";
  const auto nearest = near_miss(name, known_names());
  return nearest ? "Did you mean " + *nearest + "?" : "Write one of the known names.";
}

const ParameterRow& row_named(const std::string& name, const std::string& pointer) {
  const auto* row = std::ranges::find(kTable, std::string_view(name), &ParameterRow::name);
  if (row != std::end(kTable)) return *row;
  refuse(pointer, "no engine parameter", "one of " + listed(known_names()), advice(name));
}

std::string allowed_by(const ParameterRow& row) {
  return std::string(row.type == Type::integer ? "an integer" : "a number") +
         (row.minimum_excluded ? " above " : " from ") + shortest(row.minimum) +
         (row.minimum_excluded ? " and up to " : " to ") + shortest(row.maximum);
}

std::optional<double> number_of(const ParameterValue& value, Type type) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&value); real && type == Type::real) return *real;
  return std::nullopt;
}

bool allows(const ParameterRow& row, const ParameterValue& value) {
  const auto number = number_of(value, row.type);
  if (!number) return false;
  const bool above = row.minimum_excluded ? *number > row.minimum : *number >= row.minimum;
  return above && *number <= row.maximum;
}

// JSON Pointer (RFC 6901): a name may hold anything.
std::string pointer_to(const std::string& name) {
  std::string pointer = "/algorithm/params/";
  for (const char c : name) pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return pointer;
}

void check_parameter(const std::string& name, const ParameterValue& value) {
  const std::string pointer = pointer_to(name);
  const ParameterRow& row = row_named(name, pointer);
  if (!allows(row, value)) refuse(pointer, shown(value), allowed_by(row));
}

void check_rounds(const Algorithm& algorithm) {
  if (algorithm.rounds >= 1 && algorithm.rounds <= kMostRounds) return;
  refuse("/algorithm/rounds", shortest(algorithm.rounds), "an integer from 1 to " + shortest(kMostRounds));
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const auto& metric : stopping_metrics()) names.emplace_back(metric.name);
  return names;
}

void check_stopping_metric(const std::string& name) {
  if (find_stopping_metric(name)) return;
  const auto nearest = near_miss(name, metric_names());
  refuse("/algorithm/early_stopping_metric", "\"" + name + "\"", "one of " + listed(metric_names()),
         nearest ? "Did you mean " + *nearest + "?" : "");
}

// Both or neither: a patience without a metric, or a metric without a patience, is a slip.
void check_early_stopping(const Algorithm& algorithm) {
  const auto& rounds = algorithm.early_stopping_rounds;
  const auto& metric = algorithm.early_stopping_metric;
  const std::string rounds_allowed = "an integer of 1 or more" + std::string(kTogether);
  const std::string metric_allowed = "one of " + listed(metric_names()) + std::string(kTogether);
  if (rounds && *rounds < 1) refuse("/algorithm/early_stopping_rounds", shortest(*rounds), rounds_allowed);
  if (metric) check_stopping_metric(*metric);
  if (rounds && !metric) refuse("/algorithm/early_stopping_metric", "missing", metric_allowed);
  if (metric && !rounds) refuse("/algorithm/early_stopping_rounds", "missing", rounds_allowed);
}

}  // namespace

std::span<const ParameterRow> parameter_table() { return kTable; }

void check_algorithm(const contracts::TrainingProfile& profile) {
  if (profile.algorithm_id != kAlgorithm)
    refuse("/algorithm_id", "\"" + profile.algorithm_id + "\"", std::string(kAlgorithm));
  check_rounds(profile.algorithm);
  check_early_stopping(profile.algorithm);
  for (const auto& [name, value] : profile.algorithm.params) check_parameter(name, value);
}

std::vector<std::pair<std::string, std::string>> engine_parameters(const contracts::TrainingProfile& profile) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const auto& [name, value] : profile.algorithm.params) parameters.emplace_back(name, text_of(value));
  parameters.insert(parameters.end(),
                    {{"booster", "gbtree"}, {"objective", "binary:logistic"}, {"tree_method", "hist"}});
  if (const auto& metric = profile.algorithm.early_stopping_metric) {
    parameters.emplace_back("eval_metric", find_stopping_metric(*metric)->engine_name);
  }
  std::ranges::sort(parameters);
  return parameters;
}

}  // namespace mf::engine
