#include "mf/engine/parameters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/early_stopping.hpp"
#include "engine/profile_refusal.hpp"
#include "mf/engine/objectives.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

using contracts::ParameterValue;
using Algorithm = contracts::TrainingProfile::Algorithm;
using Kind = AlgorithmRow::Kind;
using Type = ParameterRow::Type;

constexpr std::int64_t kMostRounds = 10'000;
constexpr std::string_view kTogether = ": early_stopping_rounds and early_stopping_metric come together";

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
    {"booster", "write algorithm_id: xgboost.gbtree, xgboost.dart or xgboost.gblinear"},
    {"tree_method", "leave it out: it is always hist"},
    {"updater", "leave it out: it is always that of hist, or coord_descent for a linear model"},
    {"objective", "write algorithm.objective"},
    {"monotone_constraints", "write it beside params, as algorithm.monotone_constraints, by feature name"},
    {"interaction_constraints", "write it beside params, as algorithm.interaction_constraints, by feature name"},
    {"class_weight", "write algorithm.class_weighting: balanced"},
    {"enable_categorical", "leave it out: the dataset says which features are categories"},
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

std::vector<std::string> known_names(Kind kind) {
  std::vector<std::string> names;
  for (const auto& row : parameter_table())
    if (row.belongs_to(kind)) names.emplace_back(row.name);
  return names;
}

std::string owners_of(const ParameterRow& row) {
  std::string owners;
  for (const auto& algorithm : algorithm_table())
    if (row.belongs_to(algorithm.kind)) owners += (owners.empty() ? "" : " or ") + std::string(algorithm.name);
  return owners;
}

[[noreturn]] void refuse_stranger(const std::string& name, const std::string& pointer, const AlgorithmRow& algorithm,
                                  const ParameterRow& elsewhere) {
  const std::string owners = owners_of(elsewhere);
  refuse(pointer, "a parameter of " + owners, "one of " + listed(known_names(algorithm.kind)),
         "Leave " + name + " out, or set algorithm_id to " + owners + ".");
}

std::string advice(const std::string& name, Kind kind) {
  const auto* habit = std::ranges::find(kHabits, name, &Habit::name);
  if (habit != std::end(kHabits)) return "Instead of " + name + " " + std::string(habit->instead) + ".";
  const auto nearest = near_miss(name, known_names(kind));
  return nearest ? "Did you mean " + *nearest + "?" : "Write one of the known names.";
}

const ParameterRow& row_named(const std::string& name, const std::string& pointer, const AlgorithmRow& algorithm) {
  const ParameterRow* elsewhere = nullptr;
  for (const auto& row : parameter_table()) {
    if (row.name != name) continue;
    if (row.belongs_to(algorithm.kind)) return row;
    elsewhere = &row;
  }
  if (elsewhere != nullptr) refuse_stranger(name, pointer, algorithm, *elsewhere);
  refuse(pointer, "no engine parameter", "one of " + listed(known_names(algorithm.kind)), advice(name, algorithm.kind));
}

bool is_word_of(std::string_view choices, const std::string& word) {
  const std::string padded = " " + std::string(choices) + " ";
  return word.find(' ') == std::string::npos && !word.empty() && padded.find(" " + word + " ") != std::string::npos;
}

std::optional<double> number_of(const ParameterValue& value, Type type) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&value); real && type == Type::real) return *real;
  return std::nullopt;
}

bool allows_number(const ParameterRow& row, const ParameterValue& value) {
  const auto number = number_of(value, row.type);
  if (!number) return false;
  const bool above = row.minimum_excluded ? *number > row.minimum : *number >= row.minimum;
  const bool below = row.maximum_excluded ? *number < row.maximum : *number <= row.maximum;
  return above && below;
}

bool allows(const ParameterRow& row, const ParameterValue& value) {
  if (row.type == Type::flag) return std::holds_alternative<bool>(value);
  const auto* word = std::get_if<std::string>(&value);
  if (row.type == Type::choice) return word != nullptr && is_word_of(row.choices, *word);
  return allows_number(row, value);
}

void check_parameter(const std::string& name, const ParameterValue& value, const AlgorithmRow& algorithm) {
  const std::string pointer = "/algorithm/params/" + escaped(name);
  const ParameterRow& row = row_named(name, pointer, algorithm);
  if (!allows(row, value)) refuse(pointer, shown(value), row.allowed());
}

std::int64_t integer_or(const Algorithm& algorithm, const std::string& name, std::int64_t preset) {
  const auto found = algorithm.params.find(name);
  return found == algorithm.params.end() ? preset : std::get<std::int64_t>(found->second);
}

void require_some_limit(const Algorithm& algorithm) {
  if (integer_or(algorithm, "max_depth", 1) != 0 || integer_or(algorithm, "max_leaves", 0) != 0) return;
  refuse("/algorithm/params/max_depth", "0", "1 or more, or max_leaves beside it",
         "Set max_leaves, or a max_depth: a tree needs a limit.");
}

void check_rounds(const Algorithm& algorithm) {
  if (algorithm.rounds >= 1 && algorithm.rounds <= kMostRounds) return;
  refuse("/algorithm/rounds", shortest(algorithm.rounds), "an integer from 1 to " + shortest(kMostRounds));
}

void check_stopping_metric(const std::string& name, const ObjectiveRow& objective) {
  const auto* metric = find_stopping_metric(name);
  if (metric == nullptr) refuse_name("/algorithm/early_stopping_metric", name, names_of(stopping_metrics()));
  if (!metric->of_probabilities || objective.gives_probabilities) return;
  refuse("/algorithm/early_stopping_metric", "\"" + name + "\"",
         "a metric that needs no probabilities: the objective is " + std::string(objective.name),
         "Watch auc_pr or auc_roc, or train with binary:logistic.");
}

// Both or neither: a patience without a metric, or a metric without a patience, is a slip.
void check_early_stopping(const Algorithm& algorithm, const ObjectiveRow& objective) {
  const auto& rounds = algorithm.early_stopping_rounds;
  const auto& metric = algorithm.early_stopping_metric;
  const std::string rounds_allowed = "an integer of 1 or more" + std::string(kTogether);
  const std::string metric_allowed = "one of " + listed(names_of(stopping_metrics())) + std::string(kTogether);
  if (rounds && *rounds < 1) refuse("/algorithm/early_stopping_rounds", shortest(*rounds), rounds_allowed);
  if (metric) check_stopping_metric(*metric, objective);
  if (rounds && !metric) refuse("/algorithm/early_stopping_metric", "missing", metric_allowed);
  if (metric && !rounds) refuse("/algorithm/early_stopping_rounds", "missing", rounds_allowed);
}

void check_class_weighting(const Algorithm& algorithm) {
  if (!algorithm.class_weighting) return;
  if (*algorithm.class_weighting != "balanced")
    refuse_name("/algorithm/class_weighting", *algorithm.class_weighting, {"balanced"});
  const auto given = algorithm.params.find("scale_pos_weight");
  if (given == algorithm.params.end()) return;
  refuse("/algorithm/params/scale_pos_weight", shown(given->second), "nothing: class_weighting computes it",
         "Leave out either scale_pos_weight or class_weighting.");
}

void refuse_constraint(const std::string& pointer, const AlgorithmRow& algorithm) {
  refuse(pointer, "given", "nothing: " + std::string(algorithm.name) + " has no such constraints",
         "Leave it out, or set algorithm_id to xgboost.gbtree or xgboost.dart.");
}

void check_constraints(const Algorithm& algorithm, const AlgorithmRow& kind) {
  const bool linear = kind.kind == Kind::gblinear;
  if (linear && algorithm.monotone_constraints) refuse_constraint("/algorithm/monotone_constraints", kind);
  if (linear && algorithm.interaction_constraints) refuse_constraint("/algorithm/interaction_constraints", kind);
}

void add_fixed(EngineParameters& parameters, const AlgorithmRow& algorithm) {
  parameters.emplace_back("booster", algorithm.engine_name);
  if (algorithm.kind == Kind::gblinear)
    parameters.emplace_back("updater", "coord_descent");
  else
    parameters.emplace_back("tree_method", "hist");
}

}  // namespace

void check_algorithm(const contracts::TrainingProfile& profile) {
  const auto& algorithm = algorithm_of(profile);
  const auto& objective = objective_of(profile);
  check_rounds(profile.algorithm);
  check_early_stopping(profile.algorithm, objective);
  for (const auto& [name, value] : profile.algorithm.params) check_parameter(name, value, algorithm);
  require_some_limit(profile.algorithm);
  check_class_weighting(profile.algorithm);
  check_constraints(profile.algorithm, algorithm);
}

EngineParameters engine_parameters(const contracts::TrainingProfile& profile) {
  EngineParameters parameters;
  for (const auto& [name, value] : profile.algorithm.params) parameters.emplace_back(name, text_of(value));
  add_fixed(parameters, algorithm_of(profile));
  parameters.emplace_back("objective", objective_of(profile).name);
  if (const auto& metric = profile.algorithm.early_stopping_metric) {
    parameters.emplace_back("eval_metric", find_stopping_metric(*metric)->engine_name);
  }
  std::ranges::sort(parameters);
  return parameters;
}

}  // namespace mf::engine
