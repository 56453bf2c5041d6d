#include "metrics/sweep.hpp"

#include <algorithm>
#include <utility>

#include "metrics/alerting.hpp"
#include "metrics/calibration.hpp"
#include "metrics/daily.hpp"
#include "metrics/discrimination.hpp"
#include "metrics/distribution.hpp"
#include "metrics/groups.hpp"
#include "metrics/loss.hpp"
#include "metrics/periods.hpp"
#include "metrics/reasons.hpp"
#include "metrics/value_precision.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

using F = Family;

EvaluationSettings without_numbers(EvaluationSettings settings) {
  settings.top_k.clear();
  settings.alert_rates.clear();
  settings.max_fpr.clear();
  settings.card_top_k.clear();
  settings.named.clear();
  return settings;
}

MetricName parsed(const std::string& name) {
  if (auto metric = parse_metric(name)) return *metric;
  throw Error(Code::INTERNAL, "there is no metric " + name);
}

bool has_days_and_entities(const RankedPart& part) { return !part.days.empty() && !part.entities.empty(); }

std::string no_threshold(const EvaluationSettings& settings) {
  if (settings.threshold) return {};
  return settings.no_threshold.empty() ? "the profile has no operating point" : settings.no_threshold;
}

bool has_column(const RankedPart& part, const std::string& name) {
  return std::ranges::find(part.slices, name, &SliceColumn::name) != part.slices.end();
}

std::string why_no_column(const MetricName& name, F family, const RankedPart& part) {
  const bool money = family == F::ranking_by_value || family == F::top_value || family == F::daily_value ||
                     family == F::threshold_value;
  const bool days = family == F::daily || family == F::daily_value || family == F::cards || family == F::weeks;
  if (days && part.days.empty()) return kNoDays;
  if (family == F::cards && part.entities.empty()) return kNoEntities;
  if (money && part.amounts.empty()) return kNoAmounts;
  if (family == F::groups && !has_column(part, name.column)) return "the rows have no column " + name.column;
  return {};
}

std::string why_no_setting(const MetricName& name, F family, const EvaluationSettings& settings) {
  const bool threshold = family == F::threshold || family == F::threshold_beta || family == F::threshold_value ||
                         family == F::threshold_cost || family == F::groups;
  if (threshold && !settings.threshold) return no_threshold(settings);
  if (family == F::threshold_beta && !settings.beta) return "the profile states no beta";
  if (family == F::threshold_cost && !settings.costs) return "the profile states no costs";
  if ((family == F::loss || family == F::calibration)) return settings.no_probabilities;
  if (family == F::stability && !settings.references.contains(name.base.substr(sizeof("psi_from_") - 1)))
    return "there is no part to compare the scores with";
  return {};
}

// Builds the list family by family.
class Builder {
 public:
  Builder(const SweepBasis& basis, const Wanted& wanted, const Sample& sample, const Totals& totals)
      : basis_(basis),
        part_(basis.part),
        wanted_(wanted),
        settings_(wanted.settings()),
        sample_(sample),
        totals_(totals) {}

  std::vector<std::unique_ptr<Accumulator>> build() {
    rankings();
    probabilities();
    alerts();
    threshold();
    stability();
    return std::move(list_);
  }

 private:
  template <typename Kind, typename... Arguments>
  void add(Arguments&&... arguments) {
    list_.push_back(std::make_unique<Kind>(std::forward<Arguments>(arguments)...));
  }

  void rankings() {
    if (wanted_.has(F::ranking, F::low_false_positives)) add<Discrimination>(totals_, settings_.max_fpr);
    if (wanted_.has(F::ranking_by_value) && !part_.amounts.empty() && basis_.value_reasons.all.empty())
      add<ValuePrecision>(part_);
  }

  void probabilities() {
    if (!settings_.no_probabilities.empty()) return;
    if (wanted_.has(F::loss)) add<Loss>();
    if (wanted_.has(F::calibration)) add<Calibration>();
  }

  void alerts() {
    const std::string& reason = basis_.value_reasons.frauds;
    if (wanted_.has(F::top, F::top_value)) add<TopRows>(part_, totals_, settings_, reason);
    if (wanted_.has(F::daily, F::daily_value) && !part_.days.empty())
      add<DailyAlerts>(part_, basis_.calendar, sample_, totals_, settings_, reason);
  }

  void threshold() {
    if (!settings_.threshold) return;
    if (wanted_.has(F::threshold, F::threshold_beta, F::threshold_value, F::threshold_cost))
      add<AtThreshold>(part_, totals_, settings_, basis_.value_reasons);
    if (!wanted_.has(F::groups)) return;
    for (const SliceColumn& column : part_.slices) add<GroupFalsePositives>(part_, column, settings_);
  }

  void stability() {
    if (wanted_.has(F::weeks) && !part_.days.empty()) add<PeriodCurves>(part_, basis_.calendar, Span::week, settings_);
    if (!wanted_.has(F::stability)) return;
    for (const auto& [part, reference] : settings_.references) add<StabilityIndex>(part, reference);
  }

  const SweepBasis& basis_;
  const RankedPart& part_;
  const Wanted& wanted_;
  const EvaluationSettings& settings_;
  const Sample& sample_;
  const Totals& totals_;
  std::vector<std::unique_ptr<Accumulator>> list_;
};

}  // namespace

Wanted::Wanted(const EvaluationSettings& settings) : settings_(settings), everything_(true) {}

Wanted::Wanted(const EvaluationSettings& settings, const std::vector<std::string>& names)
    : settings_(without_numbers(settings)) {
  for (const std::string& name : names) {
    const MetricName metric = parsed(name);
    want(settings_, metric);
    families_.insert(metric_row(metric.base)->family);
  }
}

SweepBasis::SweepBasis(const RankedPart& ranked, const Wanted& wanted)
    : part(ranked), calendar(ranked.days), value_reasons(mf::metrics::value_reasons(ranked)) {
  if (wanted.has(F::cards) && !wanted.settings().card_top_k.empty() && has_days_and_entities(part))
    cards.emplace(part, calendar);
}

std::string why_not(const MetricName& name, const RankedPart& part, const EvaluationSettings& settings) {
  const Family family = metric_row(name.base)->family;
  std::string setting = why_no_setting(name, family, settings);
  if (!setting.empty()) return setting;
  if (part.rows() == 0) return kNoRows;
  std::string column = why_no_column(name, family, part);
  if (!column.empty() || family != F::ranking_by_value) return column;
  return value_reasons(part).all;
}

std::vector<std::unique_ptr<Accumulator>> accumulators(const SweepBasis& basis, const Wanted& wanted,
                                                       const Sample& sample, const Totals& totals) {
  return Builder(basis, wanted, sample, totals).build();
}

void sweep(const RankedPart& part, const Sample& sample, const std::vector<Accumulator*>& accumulators) {
  Descent descent(part, sample);
  for (Piece piece = descent.next(); !piece.rows.empty(); piece = descent.next())
    for (Accumulator* accumulator : accumulators) accumulator->take(piece);
}

Figures figures_of(const SweepBasis& basis, const Wanted& wanted, const Sample& sample) {
  const Totals all = totals(basis.part, sample);
  const auto owned = accumulators(basis, wanted, sample, all);
  std::vector<Accumulator*> list;
  for (const auto& accumulator : owned) list.push_back(accumulator.get());
  sweep(basis.part, sample, list);
  Figures figures;
  for (Accumulator* accumulator : list) accumulator->tell(figures);
  if (basis.cards) tell_cards(*basis.cards, wanted.settings(), sample, figures);
  return figures;
}

}  // namespace mf::metrics
