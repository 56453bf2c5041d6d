#pragma once
// The text of Apache ECharts, the library that draws the charts; it is part of the program (echarts.cmake).

#include <string_view>

namespace mf::report {

/// In JavaScript that Duktape understands; empty when the program was built without it.
std::string_view echarts_source();

}  // namespace mf::report
