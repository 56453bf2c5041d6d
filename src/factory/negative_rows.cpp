#include <nlohmann/json.hpp>

#include "factory/negative_matrix.hpp"

namespace mf::factory {
namespace {

constexpr const char* kPhase = "training";
constexpr Come kAt = Come::laid_out;
constexpr const char* kLate = "2026-11-01T00:00:00Z";

using Act = std::function<Result(const NegativePlace&)>;

/// The whole corridor, over another dataset.
Act run_over(MadeDataset dataset) {
  return [dataset = std::move(dataset)](const NegativePlace& place) {
    place.ask_for(dataset);
    return place.whole_run();
  };
}

/// The usual rows, one of them with another text in `column`.
Act run_with(std::size_t row, const std::string& column, const std::string& text) {
  MadeDataset dataset;
  dataset.rows.at(row).at(column) = text;
  return run_over(std::move(dataset));
}

Act run_over_nothing() {
  MadeDataset dataset;
  dataset.rows.clear();
  return run_over(std::move(dataset));
}

/// Fraud in the first half alone.
Act run_over_a_part_of_one_class() {
  MadeDataset dataset;
  for (std::size_t i = dataset.rows.size() / 2; i < dataset.rows.size(); ++i) dataset.rows[i].at("is_fraud") = "0";
  return run_over(std::move(dataset));
}

/// A feature that says what the label will be.
Act run_over_a_leak() {
  MadeDataset dataset;
  for (auto& row : dataset.rows) row.at("noise") = row.at("is_fraud") == "1" ? "9.50" : "0.50";
  return run_over(std::move(dataset));
}

Act run_over_a_name_that_the_engine_refuses() {
  MadeDataset dataset;
  dataset.renamed = {{"velocity", "velocity<1h"}};
  return run_over(std::move(dataset));
}

/// Again: the same model, trained once.
Result trained_again(const NegativePlace& place) {
  const auto model = place.recorded(kModel);
  auto result = place.tell(train);
  if (place.recorded(kModel) != model || place.times("TRAIN") != 1) result.outcome = "DIVERGED";
  return result;
}

Result evaluated_again(const NegativePlace& place) {
  const auto report = place.read(place.recorded(kEvalReport));
  auto result = place.tell(evaluate);
  if (place.read(place.recorded(kEvalReport)) != report || place.times("EVAL") != 1) result.outcome = "DIVERGED";
  return result;
}

}  // namespace

std::vector<NegativeCase> negative_rows() {
  return {
      ends_in("training again", kPhase, "TRAINED", Come::trained, trained_again),
      ends_in("evaluating again", kPhase, "EVALUATED", Come::evaluated, evaluated_again),
      refused("a dataset without rows", kPhase, Code::DATA_EMPTY, kAt, run_over_nothing()),
      refused("text in a column of numbers", kPhase, Code::DATA_INVALID, kAt, run_with(7, "amount", "twelve")),
      refused("a part without fraud", kPhase, Code::SPLIT_INVALID, kAt, run_over_a_part_of_one_class()),
      refused("a label observed after as-of", kPhase, Code::LEAKAGE_GUARD_VIOLATION, kAt,
              run_with(6, "label_time", kLate)),
      refused("a feature made after its event", kPhase, Code::LEAKAGE_GUARD_VIOLATION, kAt,
              run_with(6, "feature_time", "2026-02-01T00:00:00Z")),
      refused("a payment twice", kPhase, Code::LEAKAGE_GUARD_VIOLATION, kAt,
              run_with(8, "event_id", made_payments(3).at(2).at("event_id"))),
      refused("a feature that knows the label", kPhase, Code::LEAKAGE_GUARD_VIOLATION, kAt, run_over_a_leak()),
      refused("a feature whose name the engine refuses", kPhase, Code::ENGINE_FAILED, kAt,
              run_over_a_name_that_the_engine_refuses()),
  };
}

}  // namespace mf::factory
