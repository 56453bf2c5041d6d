#include "mf/metrics/catalogue.hpp"

#include <algorithm>
#include <charconv>
#include <variant>

namespace mf::metrics {
namespace {

// Where a metric's figure lies says also which number its name carries: none, a k, or an alert rate.
using Place = std::variant<Figure PartMetrics::*, Figure TopK::*, Figure AlertRate::*>;

struct Row {
  std::string_view base;
  Place place;
};

constexpr Row kMetrics[] = {
    {"auc_roc", &PartMetrics::auc_roc},
    {"average_precision", &PartMetrics::average_precision},
    {"log_loss", &PartMetrics::log_loss},
    {"brier", &PartMetrics::brier},
    {"expected_calibration_error", &PartMetrics::expected_calibration_error},
    {"precision_at", &TopK::precision},
    {"recall_at", &TopK::recall},
    {"precision_at_alert_rate", &AlertRate::precision},
    {"recall_at_alert_rate", &AlertRate::recall},
};

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> k_in(std::string_view text) {
  if (!all_digits(text) || text.front() == '0') return std::nullopt;
  return number_in<std::int64_t>(text);
}

std::optional<double> rate_in(std::string_view text) {
  if (!text.starts_with("0.") || !all_digits(text.substr(2))) return std::nullopt;
  const auto rate = number_in<double>(text);
  return rate && *rate > 0 && *rate < 1 ? rate : std::nullopt;
}

// What stands behind `base` and an underscore in `name`, if anything does.
std::optional<std::string_view> suffix(std::string_view name, std::string_view base) {
  if (!name.starts_with(base) || name.size() == base.size() || name[base.size()] != '_') return std::nullopt;
  return name.substr(base.size() + 1);
}

bool carries_k(const Row& row) { return std::holds_alternative<Figure TopK::*>(row.place); }

bool carries_rate(const Row& row) { return std::holds_alternative<Figure AlertRate::*>(row.place); }

std::optional<MetricName> parse_as(const Row& row, std::string_view name) {
  MetricName metric{std::string(row.base), std::nullopt, std::nullopt};
  if (!carries_k(row) && !carries_rate(row)) return name == row.base ? std::optional(metric) : std::nullopt;
  const auto number = suffix(name, row.base);
  if (!number) return std::nullopt;
  if (carries_k(row)) metric.k = k_in(*number);
  if (carries_rate(row)) metric.alert_rate = rate_in(*number);
  return metric.k || metric.alert_rate ? std::optional(metric) : std::nullopt;
}

template <typename Number>
void add_once(std::vector<Number>& numbers, const std::optional<Number>& number) {
  if (number && std::ranges::find(numbers, *number) == numbers.end()) numbers.push_back(*number);
}

// Takes the figure from where `place` points, among the entries of `metrics` that have the number of `name`.
struct Lookup {
  const PartMetrics& metrics;
  const MetricName& name;

  std::optional<Figure> operator()(Figure PartMetrics::*figure) const { return metrics.*figure; }

  std::optional<Figure> operator()(Figure TopK::*figure) const {
    const auto found = std::ranges::find(metrics.top_k, name.k, &TopK::k);
    return found == metrics.top_k.end() ? std::nullopt : std::optional((*found).*figure);
  }

  std::optional<Figure> operator()(Figure AlertRate::*figure) const {
    const auto found = std::ranges::find(metrics.alert_rates, name.alert_rate, &AlertRate::rate);
    return found == metrics.alert_rates.end() ? std::nullopt : std::optional((*found).*figure);
  }
};

}  // namespace

std::optional<MetricName> parse_metric(std::string_view name) {
  for (const Row& row : kMetrics) {
    if (auto metric = parse_as(row, name)) return metric;
  }
  return std::nullopt;
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const Row& row : kMetrics) {
    names.push_back(std::string(row.base) + (carries_k(row) ? "_<k>" : carries_rate(row) ? "_<r>" : ""));
  }
  return names;
}

void want(EvaluationSettings& settings, const MetricName& name) {
  add_once(settings.top_k, name.k);
  add_once(settings.alert_rates, name.alert_rate);
}

std::optional<Figure> figure(const PartMetrics& metrics, const MetricName& name) {
  const auto row = std::ranges::find(kMetrics, name.base, &Row::base);
  return row == std::end(kMetrics) ? std::nullopt : std::visit(Lookup{metrics, name}, row->place);
}

}  // namespace mf::metrics
