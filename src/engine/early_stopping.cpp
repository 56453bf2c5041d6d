#include "engine/early_stopping.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "mf/error.hpp"

namespace mf::engine {
namespace {

constexpr StoppingMetric kMetrics[] = {
    {"auc_pr", "aucpr", true, false},
    {"auc_roc", "auc", true, false},
    {"log_loss", "logloss", false, true},
};

double parse(std::string_view text) {
  double value = std::nan("");
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// XGBoost adds the loss up per thread, so its last digits depend on the number of threads; the model must not.
double to_nine_digits(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, 8).ptr;
  return parse({text.data(), end});
}

}  // namespace

std::span<const StoppingMetric> stopping_metrics() { return kMetrics; }

const StoppingMetric* find_stopping_metric(std::string_view name) {
  const auto* metric = std::ranges::find(kMetrics, name, &StoppingMetric::name);
  return metric == std::end(kMetrics) ? nullptr : metric;
}

void EarlyStopping::see(std::int64_t number, double value) {
  last_round_ = number;
  const bool better = !best_value_ || (metric_.higher_is_better ? value > *best_value_ : value < *best_value_);
  if (!better) return;
  best_round_ = number;
  best_value_ = value;
}

double metric_value(std::string_view printed) {
  const double value = parse(printed.substr(printed.rfind(':') + 1));
  if (std::isfinite(value)) return to_nine_digits(value);
  throw Error(Code::ENGINE_FAILED,
              "the early-stopping metric is undefined on the validation rows: XGBoost says " + std::string(printed),
              {{"expected", "validation rows of both classes"}});
}

}  // namespace mf::engine
