#include "factory/explanations.hpp"

#include <algorithm>
#include <utility>

#include "factory/weekly_effects.hpp"
#include "mf/dataset/evenly_spaced.hpp"
#include "mf/dataset/spilled_batches.hpp"
#include "mf/engine/effects.hpp"

namespace mf::factory {
namespace {

using contracts::Explanations;

// Contributions are float32 sums over all trees.
constexpr double kTolerance = 1e-5;

// XGBoost walks through every tree twice for each feature: what that may come to, counted in trees of one row.
constexpr std::size_t kMostWalks = 2'000'000;
constexpr std::size_t kMostRowsOfPairs = 500, kFewestRowsOfPairs = 20;

std::int64_t as_count(std::size_t count) { return static_cast<std::int64_t>(count); }

std::size_t rows_of_pairs(std::size_t rows, std::size_t rounds, std::size_t features) {
  const std::size_t walks_a_row = std::max<std::size_t>(1, rounds) * (2 * features + 1);
  return std::min(rows, std::clamp(kMostWalks / walks_a_row, kFewestRowsOfPairs, kMostRowsOfPairs));
}

const char* sign_of(double mean) {
  if (mean == 0) return "none";
  return mean > 0 ? "positive" : "negative";
}

/// One explanation in the making.
class Explaining {
 public:
  Explaining(const Stage& stage, const EvaluatedModel& evaluated, const contracts::TrainingProfile::Explanations& how)
      : stage_(stage),
        evaluated_(evaluated),
        how_(how),
        names_(evaluated.feature_names),
        explainer_(evaluated.model, names_, stage.workshop.threads),
        test_(evaluated.dataset.rows, evaluated.dataset.split, dataset::Part::test, &evaluated.dataset.categories),
        rows_(test_, static_cast<std::size_t>(how.rows)),
        effects_(names_.size()),
        weekly_(names_.size()) {}

  Explanations explain() {
    gather();
    tell_rows();
    tell_features();
    if (how_.interactions) tell_pairs(static_cast<std::size_t>(*how_.interactions));
    tell_stability();
    told_.reason_codes = how_.reason_codes;
    return std::move(told_);
  }

 private:
  /// The event times of the rows, in their order.
  [[nodiscard]] std::vector<std::int64_t> event_times() const {
    const auto of_test = evaluated_.dataset.split.rows_of(dataset::Part::test);
    std::vector<std::size_t> numbers;
    for (const std::size_t place : dataset::evenly_spaced(of_test.size(), rows_.row_count()))
      numbers.push_back(of_test[place]);
    return evaluated_.dataset.rows.records().event_times_of(numbers);
  }

  void pause(std::size_t done, std::size_t of, const std::string& what) const {
    if (done % dataset::EvenlySpaced::kBlockRows != 0) return;
    stage_.stop_if_asked();
    stage_.workshop.journal.progress("explaining", done, of, what);
  }

  void gather() {
    const auto times = event_times();
    explainer_.contributions(rows_, [&](const engine::Contributions& row) {
      pause(effects_.rows(), times.size(), "features");
      weekly_.add(times[effects_.rows()], row);
      effects_.add(row);
    });
  }

  void tell_rows() {
    told_.run_key = evaluated_.plan.run_key;
    told_.platform_run_id = evaluated_.plan.platform_run_id;
    told_.input_fingerprint = evaluated_.plan.input_fingerprint;
    told_.model_sha256 = identity::sha256_hex(evaluated_.model);
    told_.scored_rows_sha256 = evaluated_.scored_rows_sha256;
    told_.method = explainer_.is_linear() ? "linear" : "tree_shap";
    told_.explained = {"test", as_count(test_.row_count()), as_count(rows_.row_count()),
                       rows_.row_count() == test_.row_count() ? "all" : "evenly_spaced"};
    told_.base_value = effects_.base_value();
    const auto& check = effects_.sum_check();
    told_.sum_check = {check.largest_difference, check.largest_relative, kTolerance,
                       check.largest_relative <= kTolerance};
  }

  void tell_features() {
    const auto effects = effects_.effects();
    const auto importances = explainer_.importances();
    const auto sizes = effects_.mean_abs();
    double whole = 0;
    for (const double size : sizes) whole += size;
    for (const std::size_t feature : engine::ranked(sizes)) {
      if (as_count(told_.features.size()) == how_.top_features) break;
      tell_feature(feature, effects[feature], importances[feature], whole);
    }
    told_.features_left_out = as_count(names_.size() - told_.features.size());
    tell_undefined(whole);
  }

  void tell_feature(std::size_t feature, const engine::FeatureEffect& effect,
                    const engine::FeatureImportance& importance, double whole) {
    auto& told = told_.features.emplace_back();
    told.feature = names_[feature];
    told.mean_abs_shap = effect.mean_abs;
    told.mean_shap = effect.mean;
    if (whole > 0) told.share = effect.mean_abs / whole;
    if (test_.categories()[feature] == 0) told.value_correlation = effect.value_correlation;
    told.importance = {importance.weight, importance.gain, importance.cover, importance.total_gain,
                       importance.total_cover};
  }

  void undefined(const std::string& name, const std::string& reason) { told_.undefined.emplace(name, reason); }

  void tell_undefined(double whole) {
    const auto any = [&](auto is_null) { return std::ranges::any_of(told_.features, is_null); };
    if (!(whole > 0)) undefined("features.share", "no feature adds anything");
    if (any([](const Explanations::Feature& told) { return !told.value_correlation; }))
      undefined("features.value_correlation",
                "the feature is a category, or its values or its contributions are all the same");
    if (!any([](const Explanations::Feature& told) { return !told.importance.gain; })) return;
    const std::string reason =
        explainer_.is_linear() ? "a linear model has no splits" : "an average over the splits of a feature without any";
    for (const auto* name : {"gain", "cover"}) undefined(std::string("features.importance.") + name, reason);
    if (!explainer_.is_linear()) return;
    for (const auto* name : {"total_gain", "total_cover"})
      undefined(std::string("features.importance.") + name, reason);
  }

  void tell_pairs(std::size_t count) {
    if (const auto reason = explainer_.no_interactions(); !reason.empty()) return undefined("interactions", reason);
    const auto rounds = static_cast<std::size_t>(explainer_.rounds());
    dataset::EvenlySpaced some(rows_, rows_of_pairs(rows_.row_count(), rounds, names_.size()));
    engine::PairEffects pairs(names_.size());
    explainer_.interactions(some, [&](const engine::Interactions& row) {
      pause(pairs.rows(), some.row_count(), "pairs of features");
      pairs.add(row);
    });
    auto& told = told_.interactions.emplace(contracts::Explanations::Interactions{});
    told.rows = as_count(pairs.rows());
    for (const auto& pair : pairs.strongest(count))
      told.pairs.push_back({names_[pair.first], names_[pair.second], pair.mean_abs, pair.mean, sign_of(pair.mean)});
  }

  void tell_stability() {
    const std::size_t half = (names_.size() + 1) / 2;
    told_.stability =
        weekly_.against(effects_.mean_abs(), names_, std::min(static_cast<std::size_t>(how_.top_features), half));
    const std::string reason = "no week has the figure";
    if (!told_.stability.lowest_overlap) undefined("stability.lowest_overlap", reason);
    if (!told_.stability.lowest_rank_correlation) undefined("stability.lowest_rank_correlation", reason);
  }

  const Stage& stage_;
  const EvaluatedModel& evaluated_;
  const contracts::TrainingProfile::Explanations& how_;
  const std::vector<std::string>& names_;
  engine::Explainer explainer_;
  dataset::SpilledBatches test_;
  dataset::EvenlySpaced rows_;
  engine::FeatureEffects effects_;
  WeeklyEffects weekly_;
  Explanations told_;
};

}  // namespace

Explanations explain(const Stage& stage, const EvaluatedModel& evaluated,
                     const contracts::TrainingProfile::Explanations& how) {
  return Explaining(stage, evaluated, how).explain();
}

std::optional<Kept<Explanations>> keep_explanations(const Stage& stage, const EvaluatedModel& evaluated,
                                                    const contracts::TrainingProfile& profile) {
  if (!profile.evaluation.explanations) return {};
  return keep(stage.store(), store::layout::explanations(stage.run),
              explain(stage, evaluated, *profile.evaluation.explanations), kExplanations);
}

std::optional<std::string> foreign_field(const Explanations& explanations, const contracts::ResolvedTrainPlan& plan,
                                         const std::string& model_sha256, const std::string& scored_rows_sha256) {
  const std::pair<const char*, bool> fields[] = {
      {"/run_key", explanations.run_key == plan.run_key},
      {"/platform_run_id", explanations.platform_run_id == plan.platform_run_id},
      {"/input_fingerprint", explanations.input_fingerprint == plan.input_fingerprint},
      {"/model_sha256", explanations.model_sha256 == model_sha256},
      {"/scored_rows_sha256", explanations.scored_rows_sha256 == scored_rows_sha256}};
  for (const auto& [pointer, agrees] : fields)
    if (!agrees) return pointer;
  return {};
}

std::optional<Explanations> read_explanations(const store::ArtifactStore& store, const ledger::RunState& state,
                                              const contracts::ResolvedTrainPlan& plan,
                                              const std::string& model_sha256) {
  const auto* record = state.find(kExplanations.name);
  if (record == nullptr) return {};
  auto explanations = recorded<Explanations>(store, state, kExplanations, plan.run_key);
  const auto& scored_rows = require_recorded(state, kScoredRows, plan.run_key);
  const auto pointer = foreign_field(explanations, plan, model_sha256, scored_rows.sha256);
  if (!pointer) return explanations;
  throw Error(kExplanations.changed, record->ref + ": " + *pointer + " is not of the evaluation of " + plan.run_key,
              {{"run", plan.run_key}, {"ref", record->ref}, {"pointer", *pointer}});
}

}  // namespace mf::factory
