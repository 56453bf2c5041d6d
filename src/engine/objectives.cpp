#include "mf/engine/objectives.hpp"

#include <algorithm>

#include "engine/profile_refusal.hpp"

namespace mf::engine {
namespace {

constexpr std::string_view kPreset = "binary:logistic";
constexpr std::string_view kProbability = "estimated probability of fraud, float32 in [0,1]";

constexpr ObjectiveRow kTable[] = {
    {"binary:logistic", true, kProbability, "Logistic loss; a score is an estimated probability. The usual choice."},
    {"binary:logitraw", false, "estimated log-odds of fraud, float32, any number",
     "Logistic loss; a score is the log-odds, which tell very likely frauds apart where probabilities round to 1."},
    {"reg:logistic", true, kProbability, "The same model and scores as binary:logistic, by its other name."},
    {"reg:squarederror", false,
     "estimate of the label by squared error, float32, mostly in [0,1] but not a probability",
     "Squared error of the score itself; a score may lie outside [0,1]."},
};

}  // namespace

std::span<const ObjectiveRow> objective_table() { return kTable; }

const ObjectiveRow* find_objective(std::string_view name) {
  const auto* row = std::ranges::find(kTable, name, &ObjectiveRow::name);
  return row == std::end(kTable) ? nullptr : row;
}

const ObjectiveRow& objective_of(const contracts::TrainingProfile& profile) {
  const std::string name = profile.algorithm.objective.value_or(std::string(kPreset));
  if (const auto* row = find_objective(name)) return *row;
  refuse_name("/algorithm/objective", name, names_of(kTable));
}

}  // namespace mf::engine
