#include "mf/metrics/operating_point.hpp"

#include <cmath>
#include <functional>
#include <string>
#include <utility>

#include "metrics/alerting.hpp"
#include "metrics/columns.hpp"
#include "metrics/compensated_sum.hpp"
#include "metrics/reasons.hpp"
#include "metrics/sweep.hpp"
#include "metrics/threshold.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

/// The counts at a threshold, and what the frauds below it come to.
struct Cut {
  float threshold = 0;
  Confusion counts;
  double missed_amount = 0;

  [[nodiscard]] std::int64_t alerts() const { return counts.true_positives + counts.false_positives; }
};

class AllCuts : public Accumulator {
 public:
  AllCuts(const RankedPart& part, const std::function<void(const Cut&)>& visit) : part_(part), visit_(visit) {
    const Totals all = totals(part, {});
    cut_.counts.false_negatives = all.positives;
    cut_.counts.true_negatives = all.negatives;
    missed_amount_.add(all.fraud_amount);
  }

  void take(const Piece& piece) override {
    std::size_t row = 0;
    for (const Tie& tie : piece.ties) {
      for (; row < tie.end; ++row) miss_less(piece.rows[row]);
      cut_.threshold = tie.score;
      cut_.counts.true_positives += tie.positives;
      cut_.counts.false_negatives -= tie.positives;
      cut_.counts.false_positives += tie.negatives;
      cut_.counts.true_negatives -= tie.negatives;
      cut_.missed_amount = missed_amount_.value();
      visit_(cut_);
    }
  }

  void tell(Figures&) override {}

 private:
  void miss_less(const CountedRow& row) {
    if (!part_.amounts.empty() && part_.labels[row.row] != 0) missed_amount_.add(-part_.amounts[row.row]);
  }

  const RankedPart& part_;
  const std::function<void(const Cut&)>& visit_;
  Cut cut_;
  CompensatedSum missed_amount_;
};

using Kind = OperatingRule::Kind;

bool needs_value(Kind kind) { return kind != Kind::max_f_beta && kind != Kind::min_cost; }

void require_sound(const OperatingRule& rule) {
  const bool value = rule.value && *rule.value > 0 && *rule.value < 1;
  const bool beta = rule.beta && *rule.beta > 0;
  if ((needs_value(rule.kind) && !value) || (rule.kind == Kind::max_f_beta && !beta) ||
      (rule.kind == Kind::min_cost && !rule.costs))
    throw Error(Code::INTERNAL, "the rule of the operating point lacks its value, beta or costs");
}

// How well a cut serves, more being better; nothing when the rule forbids it.
std::optional<double> merit(const Cut& cut, const OperatingRule& rule, const Totals& totals) {
  const auto found = static_cast<double>(cut.counts.true_positives);
  const auto only_if = [](bool allowed, double merit) { return allowed ? std::optional(merit) : std::nullopt; };
  switch (rule.kind) {
    case Kind::alert_rate:
      return only_if(cut.alerts() <= alerts_allowed(*rule.value, totals.rows()), static_cast<double>(cut.alerts()));
    case Kind::max_fpr:
      return only_if(ratio(cut.counts.false_positives, totals.negatives) <= *rule.value, found);
    case Kind::min_recall:
      return only_if(ratio(cut.counts.true_positives, totals.positives) >= *rule.value, 0);
    case Kind::max_f_beta:
      return f_beta(cut.counts, *rule.beta);
    case Kind::min_cost:
      return -CostOf{cut.alerts(), cut.counts.false_negatives, cut.missed_amount}.at(*rule.costs);
  }
  return std::nullopt;
}

std::string why_no_cost(const RankedPart& part, const Costs& costs) {
  if (costs.missed_fraud_amount_share == 0) return {};
  return part.amounts.empty() ? kNoAmounts : value_reasons(part).frauds;
}

std::string why_no_threshold(const RankedPart& part, const OperatingRule& rule, const Totals& totals) {
  if (totals.rows() == 0) return kNoRows;
  if (rule.kind == Kind::min_cost) return why_no_cost(part, *rule.costs);
  if (rule.kind != Kind::alert_rate && totals.positives == 0) return kNoFraud;
  return rule.kind == Kind::max_fpr && totals.negatives == 0 ? kNoLegitimate : "";
}

double merit_of_no_alert(const Totals& totals, const Costs& costs) {
  return -CostOf{0, totals.positives, totals.fraud_amount}.at(costs);
}

}  // namespace

Figure choose_threshold(const RankedPart& validation, const OperatingRule& rule) {
  require_sound(rule);
  require_ranked(validation, false);
  const Totals all = totals(validation, {});
  if (auto reason = why_no_threshold(validation, rule, all); !reason.empty()) return undefined(std::move(reason));
  std::optional<double> best;
  Figure threshold = undefined("even the highest score gives more alerts than the rule allows");
  const std::function<void(const Cut&)> consider = [&](const Cut& cut) {
    const auto merits = merit(cut, rule, all);
    if (!merits || (best && *merits <= *best)) return;
    best = merits;
    threshold = defined(cut.threshold);
  };
  AllCuts cuts(validation, consider);
  sweep(validation, {}, {&cuts});
  if (rule.kind == Kind::min_cost && merit_of_no_alert(all, *rule.costs) > best)
    return undefined("alerting on nothing costs less than any threshold");
  return threshold;
}

}  // namespace mf::metrics
