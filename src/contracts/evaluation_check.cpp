#include "contracts/evaluation_check.hpp"

#include <algorithm>
#include <array>

#include "mf/error.hpp"

namespace mf::contracts {
namespace {

struct Rule {
  std::string_view name;
  bool takes_value;
};

constexpr std::array<Rule, 5> kRules = {
    {{"alert_rate", true}, {"max_fpr", true}, {"min_recall", true}, {"max_f_beta", false}, {"min_cost", false}}};

[[noreturn]] void refuse(const std::string& where, const std::string& pointer, const std::string& why,
                         const std::string& hint) {
  throw Error(Code::TRAINING_PROFILE_INVALID, where + ": " + pointer + why, {{"document", where}, {"pointer", pointer}},
              hint);
}

void check_operating_point(const TrainingProfile::Evaluation& evaluation, const std::string& where) {
  const auto& point = *evaluation.operating_point;
  const auto* rule = std::ranges::find(kRules, point.rule, &Rule::name);
  const bool takes_value = rule != kRules.end() && rule->takes_value;
  if (takes_value && !point.value)
    refuse(where, "/evaluation/operating_point", ": " + point.rule + " has no value",
           "Give the share or rate that it asks for, such as value: 0.01.");
  if (!takes_value && point.value)
    refuse(where, "/evaluation/operating_point/value", " is given, and " + point.rule + " takes none", "Leave it out.");
  if (point.rule == "max_f_beta" && !evaluation.beta)
    refuse(where, "/evaluation/operating_point/rule", " is max_f_beta, and there is no beta",
           "Give evaluation.beta, such as 2 where recall counts more than precision.");
  if (point.rule == "min_cost" && !evaluation.costs)
    refuse(where, "/evaluation/operating_point/rule", " is min_cost, and there are no costs",
           "Give evaluation.costs; none are assumed.");
}

void check_costs(const TrainingProfile::Costs& costs, const std::string& where) {
  if (costs.missed_fraud > 0 || costs.missed_fraud_amount_share > 0) return;
  refuse(where, "/evaluation/costs", ": a missed fraud costs nothing",
         "Give missed_fraud or missed_fraud_amount_share above 0; otherwise never to alert is best.");
}

}  // namespace

void check_evaluation(const TrainingProfile::Evaluation& evaluation, const std::string& where) {
  if (evaluation.operating_point) check_operating_point(evaluation, where);
  if (evaluation.costs) check_costs(*evaluation.costs, where);
}

}  // namespace mf::contracts
