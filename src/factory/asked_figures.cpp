#include "factory/asked_figures.hpp"

#include "mf/error.hpp"
#include "mf/metrics/catalogue.hpp"

namespace mf::factory {
namespace {

std::string canonical(const std::string& metric) {
  const auto name = metrics::parse_metric(metric);
  if (!name) throw Error(Code::INTERNAL, "there is no metric " + metric);
  return metrics::canonical_name(*name);
}

bool means(const gate::Need& need, const gate::SliceValue& slice) {
  return need.slice && need.slice->column == slice.column && need.slice->value.value_or(slice.value) == slice.value;
}

}  // namespace

template <typename Which>
FigureNames AskedFigures::names(const std::string& part, Which which) const {
  FigureNames found;
  for (const auto& need : needs_)
    if (need.part == part && which(need)) found.insert(canonical(need.metric));
  return found;
}

FigureNames AskedFigures::with_interval(const std::string& part) const {
  return names(part, [](const auto& need) { return need.interval && !need.slice && !need.comparison; });
}

FigureNames AskedFigures::of_slice(const std::string& part, const gate::SliceValue& slice) const {
  return names(part, [&](const auto& need) { return !need.comparison && means(need, slice); });
}

FigureNames AskedFigures::compared(const std::string& part) const {
  return names(part, [](const auto& need) { return need.comparison && !need.slice; });
}

FigureNames AskedFigures::compared(const std::string& part, const gate::SliceValue& slice) const {
  return names(part, [&](const auto& need) { return need.comparison && means(need, slice); });
}

std::set<std::string> AskedFigures::sliced_by(const std::string& part) const {
  std::set<std::string> columns;
  for (const auto& need : needs_)
    if (need.slice && need.part == part) columns.insert(need.slice->column);
  return columns;
}

}  // namespace mf::factory
