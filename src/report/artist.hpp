#pragma once
// Draws charts with ECharts, inside the program: the page needs no script.

#include <optional>
#include <string>

#include "report/chart.hpp"
#include "report/script.hpp"

namespace mf::report {

/// What a drawing is called for those who cannot see it.
struct Caption {
  std::string id, title, description;
};

class Artist {
 public:
  Artist();

  /// Why nothing can be drawn here; empty when charts can be drawn.
  [[nodiscard]] const std::string& why_not() const { return why_not_; }

  /// `chart` as SVG that stands in an HTML page: named, of any width, with neither styles nor scripts nor links. The
  /// same chart and the same drawings before it give the same bytes. Nothing where charts cannot be drawn.
  std::optional<std::string> draw(const Chart& chart, const Caption& caption);

 private:
  std::optional<Script> script_;
  std::string why_not_;
};

}  // namespace mf::report
