#include "engine/row_parameters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/profile_refusal.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

using Names = std::vector<std::string>;
using Algorithm = contracts::TrainingProfile::Algorithm;

std::size_t place_of(const std::string& name, const Names& names) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

void require_feature(const std::string& pointer, const std::string& name, const Names& names) {
  if (std::ranges::find(names, name) != names.end()) return;
  const auto nearest = near_miss(name, names);
  refuse(pointer, "no feature of the dataset", "one of " + listed(names),
         nearest ? "Did you mean " + *nearest + "?" : "Name a feature of the dataset.");
}

void check_monotone(const Algorithm& algorithm, const Names& names, const std::vector<std::size_t>& categories) {
  if (!algorithm.monotone_constraints) return;
  for (const auto& [name, direction] : *algorithm.monotone_constraints) {
    const std::string pointer = "/algorithm/monotone_constraints/" + escaped(name);
    require_feature(pointer, name, names);
    if (categories[place_of(name, names)] == 0) continue;
    refuse(pointer, "a category", "a feature that is a number", "Leave it out: categories have no order.");
  }
}

void check_interactions(const Algorithm& algorithm, const Names& names) {
  if (!algorithm.interaction_constraints) return;
  const auto& groups = *algorithm.interaction_constraints;
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (std::size_t j = 0; j < groups[i].size(); ++j)
      require_feature("/algorithm/interaction_constraints/" + std::to_string(i) + "/" + std::to_string(j), groups[i][j],
                      names);
}

// (0,1,-1): one direction for each feature, 0 for none.
std::string monotone_text(const std::map<std::string, std::int64_t>& directions, const Names& names) {
  std::string text;
  for (const auto& name : names) {
    const auto found = directions.find(name);
    text += (text.empty() ? "(" : ",") + std::to_string(found == directions.end() ? 0 : found->second);
  }
  return text + ")";
}

std::string group_text(const Names& group, const Names& names) {
  std::string text;
  for (const auto& name : group) text += (text.empty() ? "" : ", ") + std::to_string(place_of(name, names));
  return "[" + text + "]";
}

// [[0, 2], [1]]: groups of features by their places.
std::string interaction_text(const std::vector<Names>& groups, const Names& names) {
  std::string text;
  for (const auto& group : groups) text += (text.empty() ? "" : ", ") + group_text(group, names);
  return "[" + text + "]";
}

// What the other rows weigh for each weight of the frauds.
double balance_of(dataset::BatchSource& train) {
  double frauds = 0, others = 0;
  train.rewind();
  while (const auto batch = train.next())
    for (std::size_t i = 0; i < batch->labels.size(); ++i)
      (batch->labels[i] == 1 ? frauds : others) += batch->weights.empty() ? 1 : static_cast<double>(batch->weights[i]);
  if (frauds > 0 && others > 0) return others / frauds;
  throw Error(Code::ENGINE_FAILED, "the classes cannot be balanced: one of them weighs nothing in the train part",
              {{"expected", "train rows of both classes, with weights above 0"}});
}

std::string shortest(double number) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

}  // namespace

void check_features(const contracts::TrainingProfile& profile, const Names& names,
                    const std::vector<std::size_t>& categories) {
  const bool numbers_only = std::ranges::all_of(categories, [](std::size_t count) { return count == 0; });
  if (algorithm_of(profile).kind == AlgorithmRow::Kind::gblinear && !numbers_only)
    refuse("/algorithm_id", "\"" + profile.algorithm_id + "\"",
           "xgboost.gbtree or xgboost.dart: the dataset has features that are categories",
           "Train trees, or leave the categories out of the dataset.");
  check_monotone(profile.algorithm, names, categories);
  check_interactions(profile.algorithm, names);
}

EngineParameters parameters_for(const contracts::TrainingProfile& profile, dataset::BatchSource& train) {
  const auto& algorithm = profile.algorithm;
  auto parameters = engine_parameters(profile);
  if (const auto& monotone = algorithm.monotone_constraints)
    parameters.emplace_back("monotone_constraints", monotone_text(*monotone, train.feature_names()));
  if (const auto& groups = algorithm.interaction_constraints)
    parameters.emplace_back("interaction_constraints", interaction_text(*groups, train.feature_names()));
  if (algorithm.class_weighting) parameters.emplace_back("scale_pos_weight", shortest(balance_of(train)));
  std::ranges::sort(parameters);
  return parameters;
}

}  // namespace mf::engine
