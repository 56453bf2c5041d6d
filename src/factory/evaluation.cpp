#include "factory/evaluation.hpp"

#include <algorithm>
#include <set>

#include "factory/evaluation_settings.hpp"
#include "factory/figures.hpp"
#include "factory/scored_parts.hpp"
#include "mf/dataset/on_threads.hpp"
#include "mf/error.hpp"
#include "mf/gate/needs.hpp"
#include "mf/metrics/catalogue.hpp"

namespace mf::factory {
namespace {

using contracts::BaselineComparison;
using contracts::SliceFigures;
using metrics::RankedPart;
using Names = std::set<std::string>;

constexpr std::size_t kMostSliceValues = 500;

/// What a slice tells unless the policy asks for more.
const Names kSliceFigures = {"auc_roc",     "average_precision",   "expected_calibration_error",
                             "precision",   "false_positive_rate", "recall",
                             "alert_share", "value_recall"};

std::size_t part_number(const std::string& name) {
  for (std::size_t p = 0; p < dataset::kEvaluatedParts.size(); ++p)
    if (name_of(dataset::kEvaluatedParts[p]) == name) return p;
  throw Error(Code::INTERNAL, "there is no part " + name);
}

std::string part_name(std::size_t p) { return std::string(name_of(dataset::kEvaluatedParts[p])); }

std::string canonical(const std::string& metric) {
  const auto name = metrics::parse_metric(metric);
  if (!name) throw Error(Code::INTERNAL, "there is no metric " + metric);
  return metrics::canonical_name(*name);
}

/// The evaluation in the making.
class Evaluating {
 public:
  Evaluating(const EvaluationRules& rules, RankedParts parts)
      : rules_(rules), parts_(std::move(parts)), needs_(gate::needs_of(rules.policy)), bootstrap_(bootstrap_of(rules)) {
    fill_settings(rules_, parts_, settings_);
  }

  Evaluation finish() {
    require_slices();
    evaluation_.operating_point = settings_.operating_point;
    for (std::size_t p = 0; p < parts_.size(); ++p) evaluate_part(p);
    for (std::size_t p = 0; p < parts_.size(); ++p) evaluate_slices(p);
    for (std::size_t p = 0; p < parts_.size(); ++p) compare_part(p);
    if (bootstrap_) tell_bootstrap();
    return std::move(evaluation_);
  }

 private:
  /// Runs over resamples on the threads there are.
  [[nodiscard]] metrics::ForEach each() const {
    return [threads = rules_.threads](std::size_t count, const std::function<void(std::size_t)>& work) {
      dataset::on_threads(threads, count, [&](std::size_t item, std::size_t /*worker*/) { work(item); });
    };
  }

  void require_slices() const {
    for (const auto& need : needs_)
      if (need.slice && !slice_number(need.slice->column))
        throw Error(Code::GOVERNANCE_PROFILE_INVALID,
                    need.pointer + "/slice/column: the rows have no slice " + need.slice->column,
                    {{"pointer", need.pointer + "/slice/column"}},
                    "Name a column that has the role slice in the materialisation.");
  }

  [[nodiscard]] std::optional<std::size_t> slice_number(const std::string& column) const {
    const auto& slices = parts_[0].slices;
    const auto found = std::ranges::find(slices, column, &metrics::SliceColumn::name);
    if (found == slices.end()) return {};
    return static_cast<std::size_t>(found - slices.begin());
  }

  /// The figures of the part, or of a slice of it, that the policy asks for.
  template <typename Which>
  [[nodiscard]] Names needed(std::size_t p, Which which) const {
    Names names;
    for (const auto& need : needs_)
      if (part_number(need.part) == p && which(need)) names.insert(canonical(need.metric));
    return names;
  }

  void evaluate_part(std::size_t p) {
    const auto measured = metrics::evaluate(parts_[p], settings_.of[p]);
    auto figures = figures_of(measured);
    // The train part is long, and its days say little of what is to come.
    if (dataset::kEvaluatedParts[p] != dataset::Part::train) figures.days = periods_of(measured.days);
    Names names = needed(p, [](const auto& need) { return !need.slice && need.interval && !need.comparison; });
    if (dataset::kEvaluatedParts[p] == dataset::Part::test)
      for (const auto& figure : measured.figures) names.insert(figure.first);
    figures.intervals = intervals(parts_[p], settings_.of[p], names);
    evaluation_.parts[part_name(p)] = std::move(figures);
  }

  [[nodiscard]] std::map<std::string, contracts::FigureInterval> intervals(const RankedPart& rows,
                                                                           const metrics::EvaluationSettings& settings,
                                                                           const Names& names) const {
    if (!bootstrap_ || names.empty()) return {};
    return intervals_of(metrics::intervals(rows, settings, {names.begin(), names.end()}, *bootstrap_, each()));
  }

  /// The slice columns to look at: those of the profile for the test part, and those that the policy names.
  [[nodiscard]] std::set<std::string> slice_columns(std::size_t p) const {
    std::set<std::string> columns;
    const auto& wanted = rules_.profile.evaluation.slices;
    if (wanted && dataset::kEvaluatedParts[p] == dataset::Part::test)
      columns.insert(wanted->columns.begin(), wanted->columns.end());
    for (const auto& need : needs_)
      if (need.slice && part_number(need.part) == p) columns.insert(need.slice->column);
    return columns;
  }

  void evaluate_slices(std::size_t p) {
    for (const auto& column : slice_columns(p)) {
      const auto s = slice_number(column);
      if (!s) continue;
      const auto& values = parts_[p].slices[*s].values;
      if (values.size() > kMostSliceValues)
        throw Error(Code::TRAINING_PROFILE_INVALID,
                    "the slice " + column + " has " + std::to_string(values.size()) + " values; " +
                        std::to_string(kMostSliceValues) + " are the most that are told apart",
                    {{"slice", column}}, "Slice by a column with fewer values.");
      for (std::uint32_t code = 0; code < values.size(); ++code) evaluate_slice(p, *s, code);
    }
  }

  void evaluate_slice(std::size_t p, std::size_t s, std::uint32_t code) {
    const auto& column = parts_[p].slices[s];
    const RankedPart rows = metrics::slice_of(parts_[p], s, code);
    if (rows.rows() == 0) return;
    SliceFigures slice;
    slice.part = part_name(p);
    slice.column = column.name;
    slice.value = column.values[code];
    slice.rows = static_cast<std::int64_t>(rows.rows());
    slice.positives = std::ranges::count(rows.labels, std::uint8_t{1});
    const auto of_slice = [&](const gate::Need& need) {
      return need.slice && need.slice->column == column.name && !need.comparison &&
             need.slice->value.value_or(slice.value) == slice.value;
    };
    const Names asked = needed(p, of_slice);
    slice.withheld = asked.empty() ? lack_of_support(slice) : std::nullopt;
    if (!slice.withheld) fill_slice(rows, settings_.of[p], asked, slice);
    evaluation_.slices.push_back(std::move(slice));
  }

  [[nodiscard]] std::optional<std::string> lack_of_support(const SliceFigures& slice) const {
    const auto& wanted = rules_.profile.evaluation.slices;
    if (!wanted) return {};
    if (slice.rows < wanted->min_rows)
      return std::to_string(slice.rows) + " rows of at least " + std::to_string(wanted->min_rows);
    if (slice.positives < wanted->min_frauds)
      return std::to_string(slice.positives) + " frauds of at least " + std::to_string(wanted->min_frauds);
    return {};
  }

  void fill_slice(const RankedPart& rows, const metrics::EvaluationSettings& settings, const Names& asked,
                  SliceFigures& slice) const {
    auto measured = metrics::evaluate(rows, settings).figures;
    std::erase_if(measured, [&](const auto& figure) {
      return !kSliceFigures.contains(figure.first) && !asked.contains(figure.first);
    });
    put(measured, slice);
    Names names;
    for (const auto& figure : measured) names.insert(figure.first);
    slice.intervals = intervals(rows, settings, names);
  }

  void compare_part(std::size_t p) {
    const Names whole = needed(p, [](const auto& need) { return need.comparison && !need.slice; });
    if (!whole.empty()) compare(p, parts_[p], whole, {});
    std::set<std::pair<std::string, std::string>> slices;
    for (const auto& need : needs_) {
      if (!need.comparison || !need.slice || part_number(need.part) != p) continue;
      const auto& column = parts_[p].slices[*slice_number(need.slice->column)];
      for (const auto& value : column.values)
        if (need.slice->value.value_or(value) == value) slices.emplace(column.name, value);
    }
    for (const auto& [column, value] : slices) compare_slice(p, column, value);
  }

  void compare_slice(std::size_t p, const std::string& column, const std::string& value) {
    const std::size_t s = *slice_number(column);
    const auto& values = parts_[p].slices[s].values;
    const auto code = static_cast<std::uint32_t>(std::ranges::find(values, value) - values.begin());
    const RankedPart rows = metrics::slice_of(parts_[p], s, code);
    if (rows.rows() == 0) return;
    compare(p, rows,
            needed(p,
                   [&](const auto& need) {
                     return need.comparison && need.slice && need.slice->column == column &&
                            need.slice->value.value_or(value) == value;
                   }),
            gate::SliceValue{column, value});
  }

  void compare(std::size_t p, const RankedPart& rows, const Names& names,
               const std::optional<gate::SliceValue>& slice) {
    require_baseline();
    BaselineComparison comparison;
    comparison.part = part_name(p);
    if (slice) comparison.column = slice->column, comparison.value = slice->value;
    comparison.rows = static_cast<std::int64_t>(rows.rows());
    comparison.positives = std::ranges::count(rows.labels, std::uint8_t{1});
    const auto differences = metrics::compare(rows, settings_.of[p], baseline_settings_->of[p],
                                              {names.begin(), names.end()}, *bootstrap_, each());
    for (const auto& [name, difference] : differences) comparison.figures[name] = difference_of(difference);
    evaluation_.comparisons.push_back(std::move(comparison));
  }

  /// The baseline's own settings: a threshold chosen for its scores, and its own distributions.
  void require_baseline() {
    if (baseline_settings_) return;
    if (parts_[0].baseline_scores.size() != parts_[0].rows() || parts_.back().baseline_scores.empty())
      throw Error(Code::GOVERNANCE_PROFILE_INVALID,
                  "/baseline: the policy compares with a baseline that has not scored these rows",
                  {{"pointer", "/baseline"}}, "Judge by this policy in a run whose request names it.");
    if (!bootstrap_)
      throw Error(
          Code::GOVERNANCE_PROFILE_INVALID,
          "/comparisons: the training profile has no evaluation.bootstrap, and a comparison needs its intervals",
          {{"pointer", "/comparisons"}});
    RankedParts ranked;
    for (std::size_t p = 0; p < parts_.size(); ++p) ranked[p] = metrics::baseline_of(parts_[p]);
    baseline_settings_.emplace();
    fill_settings(rules_, ranked, *baseline_settings_);
  }

  void tell_bootstrap() {
    const auto& wanted = *rules_.profile.evaluation.bootstrap;
    contracts::EvalReport::Bootstrap told{
        metrics::kBootstrapMethod, wanted.cluster_by, wanted.resamples, rules_.seed, metrics::kIntervalLevel, {}};
    for (std::size_t p = 0; p < parts_.size(); ++p)
      told.clusters[part_name(p)] = metrics::cluster_count(parts_[p], bootstrap_->cluster);
    evaluation_.bootstrap = std::move(told);
  }

  const EvaluationRules& rules_;
  RankedParts parts_;
  std::vector<gate::Need> needs_;
  std::optional<metrics::Bootstrap> bootstrap_;
  PartSettings settings_;
  std::optional<PartSettings> baseline_settings_;
  Evaluation evaluation_;
};

}  // namespace

Evaluation evaluate_rows(dataset::ScoredRowsFile rows, const EvaluationRules& rules) {
  return Evaluating(rules, ranked(std::move(rows))).finish();
}

}  // namespace mf::factory
