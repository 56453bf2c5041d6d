#include "engine/model_structure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mf/engine/booster.hpp"
#include "mf/engine/objectives.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

using nlohmann::json;
using Column = std::vector<std::int64_t>;

constexpr auto kNodeColumns = {"left_children", "right_children", "parents",    "split_indices", "split_conditions",
                               "default_left",  "base_weights",   "split_type", "loss_changes",  "sum_hessian"};
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

void require_sound_categories(const json& tree, const Column& split_types) {
  const auto categories = tree.at("categories").get<Column>();
  const auto nodes = tree.at("categories_nodes").get<Column>();
  const auto begins = tree.at("categories_segments").get<Column>(), sizes = tree.at("categories_sizes").get<Column>();
  require(begins.size() == nodes.size() && sizes.size() == nodes.size(), "a tree miscounts its splits on categories");
  require(std::ranges::count(split_types, 1) == std::ssize(nodes) &&
              std::ranges::count(split_types, 0) == std::ssize(split_types) - std::ssize(nodes),
          "a tree miscounts its splits on categories");
  std::int64_t end = 0, last_node = -1;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    require(nodes[i] > last_node && nodes[i] < std::ssize(split_types) &&
                split_types[static_cast<std::size_t>(nodes[i])] == 1,
            "a tree splits on categories in another node");
    require(begins[i] == end && sizes[i] > 0 && sizes[i] <= std::ssize(categories) - end,
            "a split has categories of others");
    end += sizes[i];
    last_node = nodes[i];
  }
  require(end == std::ssize(categories), "a tree has categories of no split");
  for (const auto category : categories)
    // A bit set up to the highest one is made for each such node.
    require(category >= 0 && category < static_cast<std::int64_t>(kMostCategories),
            "a split has a category that cannot be");
}

void require_sound_tree(const json& tree, std::size_t features) {
  const auto left = tree.at("left_children").get<Column>();
  for (const auto* column : kNodeColumns) {
    require(tree.at(column).size() == left.size(), std::string("a tree's ") + column + " are too few or too many");
  }
  require_sound_categories(tree, tree.at("split_type").get<Column>());
  require(tree.at("tree_param").at("num_nodes") == std::to_string(left.size()), "a tree miscounts its nodes");
  for (const auto feature : tree.at("split_indices").get<Column>()) {
    require(feature >= 0 && static_cast<std::size_t>(feature) < features,
            "a tree splits on a feature it does not have");
  }
  require_acyclic(left, tree.at("right_children").get<Column>());
}

void require_sound_trees(const json& model, std::size_t features) {
  const auto& trees = model.at("trees");
  require(model.at("tree_info") == Column(trees.size(), 0), "it miscounts its trees");
  require(model.at("gbtree_model_param").at("num_trees") == std::to_string(trees.size()), "it miscounts its trees");
  for (const auto& tree : trees) require_sound_tree(tree, features);
}

void require_finite_numbers(const json& numbers, std::size_t count, const std::string& what) {
  require(numbers.is_array() && numbers.size() == count, "it miscounts its " + what);
  for (const auto& number : numbers)
    require(number.is_number() && std::isfinite(number.get<double>()), "one of its " + what + " is no number");
}

void require_sound_booster(const std::string& name, const json& booster, std::size_t features) {
  if (name == "gblinear") return require_finite_numbers(booster.at("model").at("weights"), features + 1, "weights");
  require(name == "gbtree" || name == "dart", "it is no gbtree, dart or gblinear model");
  const auto& trees = name == "dart" ? booster.at("gbtree").at("model") : booster.at("model");
  require_sound_trees(trees, features);
  if (name == "dart") require_finite_numbers(booster.at("weight_drop"), trees.at("trees").size(), "tree weights");
}

std::string require_sound_learner(const json& learner) {
  const auto& param = learner.at("learner_model_param");
  require(find_objective(learner.at("objective").at("name").get<std::string>()) != nullptr,
          "its objective is none for labels that are 0 or 1");
  require(param.at("num_class") == "0" && param.value("num_target", "1") == "1", "it gives more than one score");
  const std::size_t features = learner.at("feature_names").size();
  require(param.at("num_feature") == std::to_string(features), "it miscounts its features");
  const auto& booster = learner.at("gradient_booster");
  auto name = booster.at("name").get<std::string>();
  require_sound_booster(name, booster, features);
  return name;
}

}  // namespace

std::string sound_booster(std::string_view model) {
  try {
    return require_sound_learner(parsed(model).at("learner"));
  } catch (const json::exception& missing) {
    throw Error(Code::ENGINE_FAILED, std::string("the model file is damaged: ") + missing.what());
  }
}

}  // namespace mf::engine
