#pragma once
// What a chart shows, before anything is drawn: axes, and series of points.

#include <optional>
#include <string>
#include <vector>

namespace mf::report {

struct Axis {
  std::string name;
  std::vector<std::string> categories{};  ///< places by name: point x or y is their index; empty: numbers
  std::optional<double> lowest{}, highest{};
  bool percent = false;      ///< values are shares, shown times 100
  bool logarithmic = false;  ///< zero and below have no place on it, and are left out
};

struct Point {
  double x = 0;
  std::optional<double> y;                 ///< none: a gap
  std::optional<double> lower{}, upper{};  ///< an interval of the value, drawn as a whisker
};

struct Series {
  /// steps: from the point before to this one at this one's height.
  enum class Shape { line, steps, points, bars };
  std::string name;
  Shape shape = Shape::line;
  bool reference = false;  ///< what the others are to be compared with: thin, grey and dashed
  std::vector<Point> points{};
  bool dots = false;  ///< each point of a line is seen, also where there is but one
};

/// A straight line through the whole chart, at a value that matters.
struct Mark {
  std::string name;
  double at = 0;
  bool upright = true;  ///< at a value of the x axis; else of the y axis
};

struct Chart {
  Axis x, y;
  std::vector<Series> series;
  std::vector<Mark> marks{};
  bool sideways = false;  ///< the categories of x run from top to bottom, values from left to right
};

}  // namespace mf::report
