#include "mf/engine/model_difference.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mf/error.hpp"

namespace mf::engine {
namespace {

using nlohmann::json;

/// Columns of a tree that say what a node does, in the order in which people would ask for them.
constexpr std::array kColumns = {"left_children", "right_children", "split_indices", "split_conditions",
                                 "default_left",  "base_weights",   "sum_hessian",   "loss_changes"};
constexpr std::size_t kLongest = 60;  ///< bytes of a value that is told

json parsed(std::string_view model, const char* whose) {
  json document = json::from_ubjson(model, true, false);
  if (!document.is_object()) throw Error(Code::ENGINE_FAILED, std::string(whose) + " model is no UBJ document");
  return document;
}

/// No number equals NaN, not even itself.
bool is_same(const json& a, const json& b) { return a == b || json::to_ubjson(a) == json::to_ubjson(b); }

std::string told(const json& value) {
  const std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "...";
}

std::string side_by_side(const std::string& subject, const json& recorded, const json& rebuilt) {
  return subject + " is " + told(recorded) + " as recorded and " + told(rebuilt) + " as rebuilt";
}

/// The value at `pointer`, or null.
json at(const json& document, const json::json_pointer& pointer) {
  return document.contains(pointer) ? document.at(pointer) : json();
}

/// The trees of a gbtree, or of the gbtree inside a dart; a linear model has none.
json::json_pointer trees_of(const json& model) {
  const json::json_pointer booster("/learner/gradient_booster");
  const json::json_pointer inside = booster / "gbtree";
  return (model.contains(inside) ? inside : booster) / "model" / "trees";
}

std::string name_of_feature(const json& model, const json& index) {
  const auto names = at(model, json::json_pointer("/learner/feature_names"));
  const bool known = index.is_number_integer() && index.get<std::size_t>() < names.size();
  return known ? told(names[index.get<std::size_t>()]) : told(index);
}

std::size_t nodes_of(const json& tree) { return tree.value("left_children", json::array()).size(); }

/// What a node holds in one of the two trees, and something else in the other.
struct Cell {
  std::size_t node;
  const char* column;
};

std::optional<Cell> first_cell(const json& recorded, const json& rebuilt) {
  const std::size_t nodes = std::min(nodes_of(recorded), nodes_of(rebuilt));
  for (std::size_t node = 0; node < nodes; ++node)
    for (const auto* column : kColumns) {
      const json::json_pointer place = json::json_pointer("/" + std::string(column)) / node;
      if (!is_same(at(recorded, place), at(rebuilt, place))) return Cell{node, column};
    }
  return {};
}

std::string difference_of_trees(const json& model, const json& recorded, const json& rebuilt) {
  const auto cell = first_cell(recorded, rebuilt);
  if (!cell && nodes_of(recorded) != nodes_of(rebuilt))
    return side_by_side("the number of nodes", nodes_of(recorded), nodes_of(rebuilt));
  if (!cell) return "its content differs at " + json::diff(recorded, rebuilt)[0].at("path").get<std::string>();
  const std::string subject = "node " + std::to_string(cell->node) + ": " + cell->column;
  const json& was = recorded.at(cell->column)[cell->node];
  const json& is = rebuilt.at(cell->column)[cell->node];
  if (std::string_view(cell->column) != "split_indices") return side_by_side(subject, was, is);
  return subject + " is feature " + name_of_feature(model, was) + " as recorded and " + name_of_feature(model, is) +
         " as rebuilt";
}

std::optional<ModelDifference> first_tree(const json& model, const json& recorded, const json& rebuilt) {
  const std::size_t shared = std::min(recorded.size(), rebuilt.size());
  for (std::size_t i = 0; i < shared; ++i)
    if (!is_same(recorded[i], rebuilt[i]))
      return ModelDifference{static_cast<std::int64_t>(i), difference_of_trees(model, recorded[i], rebuilt[i])};
  if (recorded.size() == rebuilt.size()) return {};
  return ModelDifference{static_cast<std::int64_t>(shared),
                         side_by_side("the number of trees", recorded.size(), rebuilt.size())};
}

ModelDifference elsewhere(const json& recorded, const json& rebuilt) {
  const json changes = json::diff(recorded, rebuilt);
  if (changes.empty()) return {{}, "both say the same in other bytes"};
  const json::json_pointer place(changes[0].at("path").get<std::string>());
  return {{}, side_by_side(place.to_string(), at(recorded, place), at(rebuilt, place))};
}

}  // namespace

std::optional<ModelDifference> first_difference(std::string_view recorded, std::string_view rebuilt) {
  if (recorded == rebuilt) return {};
  const json was = parsed(recorded, "the recorded");
  const json is = parsed(rebuilt, "the rebuilt");
  try {
    if (auto tree = first_tree(was, at(was, trees_of(was)), at(is, trees_of(is)))) return tree;
    return elsewhere(was, is);
  } catch (const json::exception& strange) {
    throw Error(Code::ENGINE_FAILED, std::string("a model has no trees to compare: ") + strange.what());
  }
}

}  // namespace mf::engine
