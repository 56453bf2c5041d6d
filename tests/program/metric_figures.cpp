// Computes figures of sets of scored rows, for test_metrics_oracle.py.
//
//   metric_figures < SETS
//
// Each line of stdin is a set, {"scores": [...], "labels": [...], "amounts": [...]?, "times": [...]?, "threshold": ...,
// "beta": ..., "max_fpr": [...]}: `times` says how often each row counts, a score may be null for NaN. Each line of
// stdout is the answer, {"figures": {name: number or null}, "bins": [[rows, mean score, observed rate], ...]} or
// {"code": ..., "message": ...}.

#include <exception>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>

#include "metrics/sweep.hpp"
#include "mf/error.hpp"
#include "mf/metrics/evaluate.hpp"

namespace {

using nlohmann::json;
using namespace mf;
using namespace mf::metrics;

/// The rows of a set, and how often each counts, in the order of their rank.
struct RankedSet {
  RankedPart part;
  std::vector<std::uint32_t> row, times;
};

// The number of its row goes with each row as its entity, so that its count finds it again.
RankedSet ranked(const json& set) {
  RankedPart part;
  std::string keys;
  std::vector<std::size_t> ends;
  for (const auto& score : set.at("scores")) {
    part.scores.push_back(score.is_null() ? std::numeric_limits<float>::quiet_NaN() : score.get<float>());
    part.entities.push_back(part.entity_count++);
    ends.push_back(keys.append(std::to_string(ends.size())).size());
  }
  part.labels = set.at("labels").get<std::vector<std::uint8_t>>();
  part.amounts = set.value("amounts", std::vector<double>());
  const std::vector<std::uint32_t> ones(ends.size(), 1);
  part = rank(std::move(part), {keys, ends});
  return {part, part.entities, set.value("times", ones)};
}

EvaluationSettings settings_of(const json& set) {
  EvaluationSettings settings;
  settings.threshold = set.at("threshold").get<double>();
  settings.beta = set.at("beta").get<double>();
  settings.max_fpr = set.at("max_fpr").get<std::vector<double>>();
  return settings;
}

json told(const Figures& figures) {
  json values = json::object();
  for (const auto& [name, figure] : figures) values[name] = figure.value ? json(*figure.value) : json();
  return values;
}

json bins_of(const PartMetrics& metrics) {
  json bins = json::array();
  for (const CalibrationBin& bin : metrics.calibration)
    if (bin.rows > 0) bins.push_back({bin.rows, *bin.mean_score.value, *bin.observed_rate.value});
  return bins;
}

json answer(const json& set) {
  const auto rows = ranked(set);
  const auto settings = settings_of(set);
  const auto metrics = evaluate(rows.part, settings);
  if (!set.contains("times")) return {{"figures", told(metrics.figures)}, {"bins", bins_of(metrics)}};
  const Wanted wanted(settings);
  const SweepBasis basis(rows.part, wanted);
  return {{"figures", told(figures_of(basis, wanted, {rows.row, rows.times}))}};
}

json answer_or_refusal(const json& set) {
  try {
    return answer(set);
  } catch (const Error& error) {
    return {{"code", error.row().name}, {"message", error.message()}};
  }
}

}  // namespace

int main() {
  try {
    for (std::string line; std::getline(std::cin, line);) std::cout << answer_or_refusal(json::parse(line)) << "\n";
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "metric_figures: " << error.what() << "\n";
    return 70;
  }
}
