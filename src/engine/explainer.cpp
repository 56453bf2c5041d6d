#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "engine/feature_names.hpp"
#include "engine/loaded_model.hpp"
#include "engine/prediction.hpp"
#include "engine/row_batches.hpp"
#include "engine/xgboost_library.hpp"
#include "mf/engine/explanation.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

// XGBoost holds its answers, and up to three more of their size while it adds them up.
constexpr std::size_t kMostAnswersAtOnce = std::size_t{4} << 20;

constexpr const char* kLinearHasNoPairs = "a linear model has no interactions";

std::size_t rows_at_once(std::size_t answers_a_row) {
  return std::max<std::size_t>(1, kMostAnswersAtOnce / answers_a_row);
}

void require_finite(std::span<const float> answers, std::size_t row) {
  if (std::ranges::all_of(answers, [](float answer) { return std::isfinite(answer); })) return;
  throw Error(Code::ENGINE_FAILED, "row " + std::to_string(row) + " has a contribution that is no number",
              {{"row", std::to_string(row)}});
}

/// Cuts the batches of `rows` into portions of at most `most` rows.
template <class Visit>
void visit_portions(dataset::BatchSource& rows, std::size_t most, const Visit& visit) {
  const std::size_t columns = rows.feature_names().size();
  rows.rewind();
  while (const auto batch = rows.next()) {
    require_usable(*batch, rows);
    for (std::size_t begin = 0; begin < batch->rows.size(); begin += most) {
      const std::size_t count = std::min(most, batch->rows.size() - begin);
      visit(batch->rows.subspan(begin, count), batch->features.subspan(begin * columns, count * columns));
    }
  }
}

/// The scores that features have for one type of importance.
struct Scored {
  std::vector<std::size_t> features;
  std::vector<double> scores;
};

using Places = std::unordered_map<std::string, std::size_t>;

Places places_of(const std::vector<std::string>& names) {
  Places places;
  for (std::size_t j = 0; j < names.size(); ++j) places.emplace(names[j], j);
  return places;
}

Scored scored(const ModelHandle& model, const Places& places, const std::string& type) {
  const std::string config = R"({"importance_type": ")" + type + R"("})";
  bst_ulong count = 0, dimensions = 0;
  const char** features = nullptr;
  bst_ulong const* shape = nullptr;
  float const* scores = nullptr;
  call(xgboost().XGBoosterFeatureScore(model.get(), config.c_str(), &count, &features, &dimensions, &shape, &scores));
  Scored found;
  for (bst_ulong i = 0; i < count; ++i) {
    found.features.push_back(places.at(features[i]));
    found.scores.push_back(static_cast<double>(scores[i]));
  }
  return found;
}

using Field = std::optional<double> FeatureImportance::*;

struct ImportanceRow {
  const char* type;  ///< XGBoost's
  Field field;
  bool is_average;  ///< nothing without splits, where a sum is zero
};
constexpr std::array<ImportanceRow, 4> kOfTrees{{{"gain", &FeatureImportance::gain, true},
                                                 {"cover", &FeatureImportance::cover, true},
                                                 {"total_gain", &FeatureImportance::total_gain, false},
                                                 {"total_cover", &FeatureImportance::total_cover, false}}};

}  // namespace

struct Explainer::State {
  LoadedModel model;
  int threads;

  [[nodiscard]] std::vector<float> ask(std::span<const float> features, std::size_t rows, Answer answer) const {
    return predict(model.handle, features, rows, answer, threads);
  }
};

Explainer::Explainer(std::string_view model, const std::vector<std::string>& feature_names, int threads) {
  silence_engine();
  state_ = std::make_unique<State>(State{load_model(model, feature_names, threads), threads});
}

Explainer::~Explainer() = default;
Explainer::Explainer(Explainer&&) noexcept = default;
Explainer& Explainer::operator=(Explainer&&) noexcept = default;

bool Explainer::is_linear() const { return state_->model.booster == "gblinear"; }

void Explainer::contributions(dataset::BatchSource& rows, const ContributionSink& sink) const {
  silence_engine();
  require_rows_of(state_->model.handle, rows);
  const std::size_t columns = rows.feature_names().size();
  const auto tell = [&](std::span<const std::size_t> numbers, std::span<const float> values) {
    const auto margins = state_->ask(values, numbers.size(), Answer::margin);
    const auto answers = state_->ask(values, numbers.size(), Answer::contributions);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const auto of_row = std::span(answers).subspan(i * (columns + 1), columns + 1);
      require_finite(of_row, numbers[i]);
      sink({numbers[i], values.subspan(i * columns, columns), of_row.first(columns), of_row[columns], margins[i]});
    }
  };
  visit_portions(rows, rows_at_once(columns + 1), tell);
}

void Explainer::interactions(dataset::BatchSource& rows, const InteractionSink& sink) const {
  silence_engine();
  if (const auto reason = no_interactions(); !reason.empty()) throw Error(Code::ENGINE_FAILED, reason);
  require_rows_of(state_->model.handle, rows);
  const std::size_t columns = rows.feature_names().size();
  const std::size_t answers_a_row = (columns + 1) * (columns + 1);
  const auto tell = [&](std::span<const std::size_t> numbers, std::span<const float> values) {
    const auto answers = state_->ask(values, numbers.size(), Answer::interactions);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const auto of_row = std::span(answers).subspan(i * answers_a_row, answers_a_row);
      require_finite(of_row, numbers[i]);
      sink({numbers[i], columns, of_row});
    }
  };
  visit_portions(rows, rows_at_once(answers_a_row), tell);
}

std::string Explainer::no_interactions() const {
  if (is_linear()) return kLinearHasNoPairs;
  const std::size_t features = feature_names_of(state_->model.handle).size();
  if (features <= kMostFeaturesOfPairs) return "";
  return "interactions of " + std::to_string(features) + " features are too many to compute; at most " +
         std::to_string(kMostFeaturesOfPairs);
}

std::vector<FeatureImportance> Explainer::importances() const {
  silence_engine();
  const auto& model = state_->model.handle;
  const auto places = places_of(feature_names_of(model));
  std::vector<FeatureImportance> importances(places.size());
  const auto weights = scored(model, places, "weight");
  for (std::size_t i = 0; i < weights.features.size(); ++i) importances[weights.features[i]].weight = weights.scores[i];
  if (is_linear()) return importances;
  for (const auto& row : kOfTrees) {
    if (!row.is_average)
      for (auto& importance : importances) importance.*row.field = 0;
    const auto found = scored(model, places, row.type);
    for (std::size_t i = 0; i < found.features.size(); ++i) importances[found.features[i]].*row.field = found.scores[i];
  }
  return importances;
}

std::int64_t Explainer::rounds() const {
  int rounds = 0;
  call(xgboost().XGBoosterBoostedRounds(state_->model.handle.get(), &rounds));
  return rounds;
}

}  // namespace mf::engine
