#pragma once
// A chart in the words of ECharts.

#include <nlohmann/json_fwd.hpp>

#include "report/chart.hpp"

namespace mf::report {

/// How large a chart is drawn, in pixels of its own; pages scale it.
struct ChartSize {
  int width = 0, height = 0;
};
ChartSize size_of(const Chart& chart);

/// The `option` of ECharts: https://echarts.apache.org/en/option.html. Nothing moves and nothing answers the mouse.
nlohmann::json option_of(const Chart& chart);

}  // namespace mf::report
