#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "engine/profile_refusal.hpp"
#include "mf/engine/parameters.hpp"

namespace mf::engine {
namespace {

using Kind = AlgorithmRow::Kind;
using Of = ParameterRow::Of;
using Type = ParameterRow::Type;

constexpr double kHuge = 1e9;
constexpr double kMostLeaves = 65'536;

constexpr AlgorithmRow kAlgorithms[] = {
    {Kind::gbtree, "xgboost.gbtree", "gbtree", "Gradient-boosted trees, split by histograms."},
    {Kind::dart, "xgboost.dart", "dart",
     "The same with dropout: each round leaves some of the earlier trees out, and then weighs all of them anew."},
    {Kind::gblinear, "xgboost.gblinear", "gblinear",
     "A linear model, fitted one feature after the other by coordinate descent; a missing value counts as 0."},
};

// The shapes of a row, so that the table reads as one.
constexpr ParameterRow integer(std::string_view name, Of of, double least, double most, std::string_view preset,
                               std::string_view effect) {
  return {name, of, Type::integer, false, false, least, most, "", preset, effect};
}
constexpr ParameterRow real(std::string_view name, Of of, double least, double most, std::string_view preset,
                            std::string_view effect) {
  return {name, of, Type::real, false, false, least, most, "", preset, effect};
}
constexpr ParameterRow above(std::string_view name, Of of, double below_least, double most, std::string_view preset,
                             std::string_view effect) {
  return {name, of, Type::real, true, false, below_least, most, "", preset, effect};
}
constexpr ParameterRow choice(std::string_view name, Of of, std::string_view choices, std::string_view preset,
                              std::string_view effect) {
  return {name, of, Type::choice, false, false, 0, 0, choices, preset, effect};
}

constexpr ParameterRow kTable[] = {
    real("alpha", Of::all, 0, kHuge, "0",
         "L1 penalty on the weights, of leaves or of features: larger makes the model more cautious."),
    {"base_score", Of::all, Type::real, true, true, 0, 1, "", "0.5",
     "The score before the first round; the share of frauds is a good guess where rounds are few."},
    above("colsample_bylevel", Of::trees, 0, 1, "1", "Share of the features drawn anew for each level of a tree."),
    above("colsample_bynode", Of::trees, 0, 1, "1", "Share of the features drawn anew for each split."),
    above("colsample_bytree", Of::trees, 0, 1, "1", "Share of the features drawn anew for each tree."),
    above("eta", Of::trees, 0, 1, "0.3", "Learning rate: how much of each tree's answer is added to the model."),
    above("eta", Of::gblinear, 0, 1, "0.5", "Learning rate: how much of each step is taken."),
    choice(
        "feature_selector", Of::gblinear, "cyclic shuffle random greedy thrifty", "cyclic",
        "The order of the features in a round: in turn, in a drawn order, drawn with replacement, the steepest first "
        "(slow with many features), or about that (faster)."),
    real("gamma", Of::trees, 0, kHuge, "0", "The least loss reduction that a split must bring."),
    choice("grow_policy", Of::trees, "depthwise lossguide", "depthwise",
           "Which leaf is split next: the one nearest to the root, or the one that gains most (with max_leaves)."),
    real("lambda", Of::trees, 0, kHuge, "1", "L2 penalty on leaf weights: larger makes the trees more cautious."),
    real("lambda", Of::gblinear, 0, kHuge, "0", "L2 penalty on the weights of the features."),
    integer("max_bin", Of::trees, 2, 65'535, "256", "Histogram bins of a feature: more is finer, slower and larger."),
    integer("max_cat_threshold", Of::trees, 1, kMostLeaves, "64",
            "The most categories that one side of a split may have; of categorical features only."),
    integer("max_cat_to_onehot", Of::trees, 1, kMostLeaves, "4",
            "A categorical feature with fewer categories is split one against the rest."),
    real("max_delta_step", Of::trees, 0, kHuge, "0",
         "The most that one tree may move a leaf, 0 for no limit; 1 to 10 steadies very rare fraud."),
    integer("max_depth", Of::trees, 0, 32, "6",
            "Depth of a tree: deeper fits more and overfits more; 0, only together with max_leaves, for no limit."),
    integer("max_leaves", Of::trees, 0, kMostLeaves, "0", "The most leaves of a tree, 0 for no limit."),
    real("min_child_weight", Of::trees, 0, kHuge, "1",
         "The least sum of hessians in a leaf: larger makes fewer leaves."),
    choice("normalize_type", Of::dart, "tree forest", "tree",
           "What a new tree weighs beside those it was fitted without: as much as each, or as all together."),
    integer("num_parallel_tree", Of::gbtree, 1, 1000, "1",
            "Trees in each round, a random forest; they differ only where rows or features are drawn."),
    {"one_drop", Of::dart, Type::flag, false, false, 0, 0, "", "false",
     "Whether a round that drops trees drops at least one."},
    real("rate_drop", Of::dart, 0, 1, "0", "Share of the earlier trees that a round leaves out."),
    choice("sample_type", Of::dart, "uniform weighted", "uniform",
           "How the trees to leave out are drawn: all alike, or by their weight."),
    choice("sampling_method", Of::trees, "uniform", "uniform", "How subsample draws its rows: all alike."),
    above("scale_pos_weight", Of::all, 0, kHuge, "1",
          "Weight of every fraud row; it shifts the scores off probabilities. algorithm.class_weighting computes it."),
    real("skip_drop", Of::dart, 0, 1, "0", "Chance that a round leaves no tree out."),
    above("subsample", Of::trees, 0, 1, "1", "Share of the rows drawn anew for each tree."),
    integer("top_k", Of::gblinear, 0, kMostLeaves, "0",
            "How many features a round of greedy or thrifty takes, 0 for all."),
};

std::string shortest(double number) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed).ptr};
}

std::string words_of(std::string_view choices) {
  std::string words;
  for (const char c : choices) words += c == ' ' ? std::string(", ") : std::string(1, c);
  return words;
}

}  // namespace

std::span<const AlgorithmRow> algorithm_table() { return kAlgorithms; }

const AlgorithmRow& algorithm_of(const contracts::TrainingProfile& profile) {
  const auto* row = std::ranges::find(kAlgorithms, std::string_view(profile.algorithm_id), &AlgorithmRow::name);
  if (row != std::end(kAlgorithms)) return *row;
  refuse_name("/algorithm_id", profile.algorithm_id, names_of(kAlgorithms));
}

std::span<const ParameterRow> parameter_table() { return kTable; }

bool ParameterRow::belongs_to(Kind kind) const {
  switch (of) {
    case Of::all:
      return true;
    case Of::trees:
      return kind != Kind::gblinear;
    case Of::gbtree:
      return kind == Kind::gbtree;
    case Of::dart:
      return kind == Kind::dart;
    case Of::gblinear:
      return kind == Kind::gblinear;
  }
  return false;
}

std::string ParameterRow::allowed() const {
  if (type == Type::flag) return "true or false";
  if (type == Type::choice)
    return (choices.find(' ') == std::string_view::npos ? "the text " : "one of ") + words_of(choices);
  return std::string(type == Type::integer ? "an integer" : "a number") + (minimum_excluded ? " above " : " from ") +
         shortest(minimum) +
         (maximum_excluded   ? " and below "
          : minimum_excluded ? " and up to "
                             : " to ") +
         shortest(maximum);
}

}  // namespace mf::engine
