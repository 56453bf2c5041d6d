#include "factory/evaluation_desk.hpp"
#include "factory/figures.hpp"
#include "mf/error.hpp"

namespace mf::factory {
namespace {

using contracts::SliceFigures;
using metrics::RankedPart;

/// What more values than a person looks through would be: an identifier.
constexpr std::size_t kMostValues = 500;

/// What a slice tells unless the policy asks for more.
const FigureNames kFigures = {"auc_roc",     "average_precision",   "expected_calibration_error",
                              "precision",   "false_positive_rate", "recall",
                              "alert_share", "value_recall"};

/// Those of the profile for the test part, and those that the policy names.
std::set<std::string> columns_of(const EvaluationDesk& desk, std::size_t p) {
  auto columns = desk.asked.sliced_by(part_name(p));
  const auto& wanted = desk.rules.profile.evaluation.slices;
  if (wanted && dataset::kEvaluatedParts[p] == dataset::Part::test)
    columns.insert(wanted->columns.begin(), wanted->columns.end());
  return columns;
}

std::optional<std::string> lack_of_support(const EvaluationDesk& desk, const SliceFigures& slice) {
  const auto& wanted = desk.rules.profile.evaluation.slices;
  if (!wanted) return {};
  if (slice.rows < wanted->min_rows)
    return std::to_string(slice.rows) + " rows of at least " + std::to_string(wanted->min_rows);
  if (slice.positives < wanted->min_frauds)
    return std::to_string(slice.positives) + " frauds of at least " + std::to_string(wanted->min_frauds);
  return {};
}

void fill(const EvaluationDesk& desk, std::size_t p, const RankedPart& rows, const FigureNames& asked,
          SliceFigures& slice) {
  auto measured = metrics::evaluate(rows, desk.settings.of[p]).figures;
  std::erase_if(measured,
                [&](const auto& figure) { return !kFigures.contains(figure.first) && !asked.contains(figure.first); });
  put(measured, slice);
  FigureNames names;
  for (const auto& figure : measured) names.insert(figure.first);
  slice.intervals = desk.intervals(rows, desk.settings.of[p], names);
}

/// What the policy judges by is always there: its support is the policy's matter.
SliceFigures evaluate_slice(const EvaluationDesk& desk, std::size_t p, const gate::SliceValue& value,
                            const RankedPart& rows) {
  SliceFigures slice;
  slice.part = part_name(p);
  slice.column = value.column;
  slice.value = value.value;
  slice.rows = static_cast<std::int64_t>(rows.rows());
  slice.positives = frauds_of(rows);
  const auto asked = desk.asked.of_slice(slice.part, value);
  if (asked.empty()) slice.withheld = lack_of_support(desk, slice);
  if (!slice.withheld) fill(desk, p, rows, asked, slice);
  return slice;
}

void require_few(const metrics::SliceColumn& column) {
  if (column.values.size() <= kMostValues) return;
  throw Error(Code::DATA_INVALID,
              "the slice " + column.name + " has " + std::to_string(column.values.size()) + " values; " +
                  std::to_string(kMostValues) + " are the most that are told apart",
              {{"slice", column.name}}, "Slice by a column with fewer values.");
}

}  // namespace

std::vector<SliceFigures> evaluate_slices(const EvaluationDesk& desk, std::size_t p) {
  std::vector<SliceFigures> slices;
  for (const auto& name : columns_of(desk, p)) {
    const std::size_t s = desk.slice_number(p, name);
    const auto& column = desk.parts[p].slices[s];
    require_few(column);
    for (std::uint32_t code = 0; code < column.values.size(); ++code) {
      const RankedPart rows = metrics::slice_of(desk.parts[p], s, code);
      if (rows.rows() > 0) slices.push_back(evaluate_slice(desk, p, {name, column.values[code]}, rows));
    }
  }
  return slices;
}

}  // namespace mf::factory
