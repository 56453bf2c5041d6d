#include "factory/evaluation_check.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "mf/error.hpp"
#include "mf/gate/needs.hpp"
#include "mf/metrics/catalogue.hpp"

namespace mf::factory {
namespace {

using contracts::DatasetMaterialization;
using contracts::TrainingProfile;

bool has_role(const DatasetMaterialization& rows, std::string_view role) {
  return std::ranges::any_of(rows.columns, [&](const auto& column) { return column.has_role(role); });
}

bool has_slice(const DatasetMaterialization& rows, const std::string& name) {
  return std::ranges::any_of(rows.columns,
                             [&](const auto& column) { return column.name == name && column.has_role("slice"); });
}

[[noreturn]] void refuse(Code code, const std::string& ref, const std::string& pointer, const std::string& why,
                         const std::string& hint) {
  throw Error(code, ref + ": " + pointer + ": " + why, {{"document", ref}, {"pointer", pointer}}, hint);
}

/// Something that a figure is computed from, and how to tell whether it is there.
struct Ingredient {
  const char* lack;
  const char* hint;
  bool (*there)(const TrainingProfile& profile, const DatasetMaterialization& rows);
};

const Ingredient kThreshold{"the training profile chooses no operating point",
                            "Give evaluation.operating_point in the training profile.",
                            [](const auto& profile, const auto& /*rows*/) {
                              return profile.evaluation.operating_point.has_value() || profile.candidate.has_value();
                            }};
const Ingredient kBeta{"the training profile has no beta", "Give evaluation.beta in the training profile.",
                       [](const auto& profile, const auto&) { return profile.evaluation.beta.has_value(); }};
const Ingredient kCosts{"the training profile pins no costs", "Give evaluation.costs in the training profile.",
                        [](const auto& profile, const auto&) { return profile.evaluation.costs.has_value(); }};
const Ingredient kAmounts{"the rows have no amounts", "Give a column the role amount in the materialisation.",
                          [](const auto&, const auto& rows) { return has_role(rows, "amount"); }};
const Ingredient kEntities{"the rows have no entities", "Give a column the role entity_key in the materialisation.",
                           [](const auto&, const auto& rows) { return has_role(rows, "entity_key"); }};

/// What figures need beside scores, labels and times, by the beginning of their names.
struct Recipe {
  std::string_view figure;
  bool whole;  ///< the name, not only its beginning
  std::vector<const Ingredient*> ingredients;
};

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> kRecipes = {
      {"precision", true, {&kThreshold}},
      {"recall", true, {&kThreshold}},
      {"false_positive_rate", true, {&kThreshold}},
      {"alert_share", true, {&kThreshold}},
      {"f1", true, {&kThreshold}},
      {"f_beta", true, {&kThreshold, &kBeta}},
      {"mcc", true, {&kThreshold}},
      {"balanced_error_rate", true, {&kThreshold}},
      {"g_mean", true, {&kThreshold}},
      {"value_recall", true, {&kThreshold, &kAmounts}},
      {"value_precision", true, {&kThreshold, &kAmounts}},
      {"cost_per_row", true, {&kThreshold, &kCosts}},
      {"savings", true, {&kThreshold, &kCosts}},
      {"fpr_ratio", true, {&kThreshold}},
      {"average_precision_by_value", true, {&kAmounts}},
      {"value_recall_", false, {&kAmounts}},
      {"daily_value_recall_", false, {&kAmounts}},
      {"card_", false, {&kEntities}},
  };
  return kRecipes;
}

void require_ingredients(const gate::Need& need, const metrics::MetricName& name, const std::string& ref,
                         const TrainingProfile& profile, const DatasetMaterialization& rows) {
  for (const auto& recipe : recipes()) {
    if (recipe.whole ? name.base != recipe.figure : !name.base.starts_with(recipe.figure)) continue;
    for (const auto* ingredient : recipe.ingredients) {
      if (!ingredient->there(profile, rows))
        refuse(Code::GOVERNANCE_PROFILE_INVALID, ref, need.pointer + "/metric",
               need.metric + " cannot be computed: " + ingredient->lack, ingredient->hint);
      if (ingredient == &kThreshold && need.comparison && profile.candidate)
        refuse(Code::GOVERNANCE_PROFILE_INVALID, ref, need.pointer + "/metric",
               need.metric + " cannot be compared: without validation rows the baseline has no threshold of its own",
               "Compare by a figure that only ranks, such as auc_roc or average_precision.");
    }
  }
  if (name.base == "fpr_ratio" && !has_slice(rows, name.column))
    refuse(Code::GOVERNANCE_PROFILE_INVALID, ref, need.pointer + "/metric", "the rows have no slice " + name.column,
           "Name a column that has the role slice in the materialisation.");
}

}  // namespace

void require_columns(const TrainingProfile& profile, const std::string& ref, const DatasetMaterialization& rows) {
  const auto& evaluation = profile.evaluation;
  const auto require = [&](bool wanted, const Ingredient& ingredient, const char* pointer) {
    if (wanted && !ingredient.there(profile, rows))
      refuse(Code::TRAINING_PROFILE_INVALID, ref, pointer, ingredient.lack, ingredient.hint);
  };
  require(evaluation.card_top_k.has_value(), kEntities, "/evaluation/card_top_k");
  require(evaluation.bootstrap && evaluation.bootstrap->cluster_by == "entity_key", kEntities,
          "/evaluation/bootstrap/cluster_by");
  require(evaluation.costs && evaluation.costs->missed_fraud_amount_share > 0, kAmounts,
          "/evaluation/costs/missed_fraud_amount_share");
  if (!evaluation.slices) return;
  for (std::size_t i = 0; i < evaluation.slices->columns.size(); ++i)
    if (!has_slice(rows, evaluation.slices->columns[i]))
      refuse(Code::TRAINING_PROFILE_INVALID, ref, "/evaluation/slices/columns/" + std::to_string(i),
             "the rows have no slice " + evaluation.slices->columns[i],
             "Name a column that has the role slice in the materialisation.");
}

void require_computable(const contracts::GovernanceProfile& policy, const std::string& ref,
                        const TrainingProfile& profile, const DatasetMaterialization& rows) {
  for (const auto& need : gate::needs_of(policy)) {
    const auto name = metrics::parse_metric(need.metric);
    if (!name) throw Error(Code::INTERNAL, "there is no metric " + need.metric);
    require_ingredients(need, *name, ref, profile, rows);
    if ((need.interval || need.comparison) && !profile.evaluation.bootstrap)
      refuse(Code::GOVERNANCE_PROFILE_INVALID, ref, need.pointer + (need.comparison ? "" : "/bound"),
             "it needs an interval, and the training profile draws none",
             "Give evaluation.bootstrap in the training profile, or judge by the point.");
    if (need.slice && !has_slice(rows, need.slice->column))
      refuse(Code::GOVERNANCE_PROFILE_INVALID, ref, need.pointer + "/slice/column",
             "the rows have no slice " + need.slice->column,
             "Name a column that has the role slice in the materialisation.");
  }
}

}  // namespace mf::factory
