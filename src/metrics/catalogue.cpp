#include "mf/metrics/catalogue.hpp"

#include <algorithm>
#include <charconv>

#include "metrics/decimal.hpp"
#include "metrics/metric_table.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

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

// What stands behind `base` and an underscore in `name`; empty when nothing does.
std::string_view suffix(std::string_view name, std::string_view base) {
  if (!name.starts_with(base) || name.size() == base.size() || name[base.size()] != '_') return {};
  return name.substr(base.size() + 1);
}

std::optional<MetricName> parse_as(const MetricRow& row, std::string_view name) {
  MetricName metric{std::string(row.base), std::nullopt, std::nullopt, {}};
  if (row.carries == Carries::nothing) return name == row.base ? std::optional(metric) : std::nullopt;
  const auto rest = suffix(name, row.base);
  if (row.carries == Carries::k) metric.k = k_in(rest);
  if (row.carries == Carries::rate) metric.rate = rate_in(rest);
  if (row.carries == Carries::column) metric.column = rest;
  return metric.k || metric.rate || !metric.column.empty() ? std::optional(metric) : std::nullopt;
}

template <typename Number>
void add_once(std::vector<Number>& numbers, const std::optional<Number>& number) {
  if (number && std::ranges::find(numbers, *number) == numbers.end()) numbers.push_back(*number);
}

const MetricRow& row_of(const MetricName& name) {
  if (const MetricRow* row = metric_row(name.base)) return *row;
  throw Error(Code::INTERNAL, "there is no metric " + name.base);
}

std::string_view placeholder(Carries carries) {
  switch (carries) {
    case Carries::nothing:
      return "";
    case Carries::k:
      return "_<k>";
    case Carries::rate:
      return "_<r>";
    case Carries::column:
      return "_<column>";
  }
  return "";
}

}  // namespace

std::optional<MetricName> parse_metric(std::string_view name) {
  for (const MetricRow& row : metric_table()) {
    if (auto metric = parse_as(row, name)) return metric;
  }
  return std::nullopt;
}

std::string canonical_name(const MetricName& name) {
  if (name.k) return name.base + "_" + std::to_string(*name.k);
  if (name.rate) return name.base + "_" + decimal(*name.rate);
  return name.column.empty() ? name.base : name.base + "_" + name.column;
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const MetricRow& row : metric_table()) names.push_back(std::string(row.base).append(placeholder(row.carries)));
  return names;
}

bool higher_is_better(const MetricName& name) { return row_of(name).higher_is_better; }

void want(EvaluationSettings& settings, const MetricName& name) {
  const Family family = row_of(name).family;
  add_once(family == Family::cards ? settings.card_top_k : settings.top_k, name.k);
  add_once(family == Family::low_false_positives ? settings.max_fpr : settings.alert_rates, name.rate);
  settings.named.insert(canonical_name(name));
}

std::optional<Figure> figure(const PartMetrics& metrics, const MetricName& name) {
  const auto found = metrics.figures.find(canonical_name(name));
  return found == metrics.figures.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace mf::metrics
