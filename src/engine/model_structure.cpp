#include "engine/model_structure.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mf/error.hpp"

namespace mf::engine {
namespace {

using nlohmann::json;
using Column = std::vector<std::int64_t>;

constexpr auto kNodeColumns = {"left_children", "right_children", "parents",    "split_indices", "split_conditions",
                               "default_left",  "base_weights",   "split_type", "loss_changes",  "sum_hessian"};
constexpr auto kCategoryColumns = {"categories", "categories_nodes", "categories_segments", "categories_sizes"};
constexpr std::int64_t kNoChild = -1;

void require(bool sound, const std::string& what) {
  if (!sound) throw Error(Code::ENGINE_FAILED, "the model file is damaged: " + what);
}

json parsed(std::string_view model) {
  json document = json::from_ubjson(model, true, false);
  require(document.is_object(), "it is not a UBJ document");
  return document;
}

// Every node is reached once from the root, so that walking down a tree ends.
void require_acyclic(const Column& left, const Column& right) {
  std::vector<bool> seen(left.size(), false);
  Column waiting{0};
  while (!waiting.empty()) {
    const auto node = static_cast<std::size_t>(waiting.back());
    waiting.pop_back();
    require(node < left.size() && !seen[node], "a tree has a child outside itself, or a loop");
    seen[node] = true;
    require((left[node] == kNoChild) == (right[node] == kNoChild), "a node has only one child");
    if (left[node] != kNoChild) waiting.insert(waiting.end(), {left[node], right[node]});
  }
}

void require_sound_tree(const json& tree, std::size_t features) {
  const auto left = tree.at("left_children").get<Column>();
  for (const auto* column : kNodeColumns) {
    require(tree.at(column).size() == left.size(), std::string("a tree's ") + column + " are too few or too many");
  }
  for (const auto* column : kCategoryColumns) require(tree.at(column).empty(), "it splits on categories");
  require(tree.at("tree_param").at("num_nodes") == std::to_string(left.size()), "a tree miscounts its nodes");
  for (const auto feature : tree.at("split_indices").get<Column>()) {
    require(feature >= 0 && static_cast<std::size_t>(feature) < features,
            "a tree splits on a feature it does not have");
  }
  require_acyclic(left, tree.at("right_children").get<Column>());
}

void require_sound_learner(const json& learner) {
  const auto& booster = learner.at("gradient_booster");
  require(booster.at("name") == "gbtree", "it is not a gbtree model");
  require(learner.at("objective").at("name") == "binary:logistic", "its scores are not probabilities");
  const std::size_t features = learner.at("feature_names").size();
  require(learner.at("learner_model_param").at("num_feature") == std::to_string(features), "it miscounts its features");
  const auto& trees = booster.at("model").at("trees");
  require(booster.at("model").at("tree_info") == Column(trees.size(), 0), "it miscounts its trees");
  require(booster.at("model").at("gbtree_model_param").at("num_trees") == std::to_string(trees.size()),
          "it miscounts its trees");
  for (const auto& tree : trees) require_sound_tree(tree, features);
}

}  // namespace

void require_sound_structure(std::string_view model) {
  try {
    require_sound_learner(parsed(model).at("learner"));
  } catch (const json::exception& missing) {
    require(false, missing.what());
  }
}

}  // namespace mf::engine
