#pragma once
// What alerting on every row from the threshold on gives: the confusion, and all figures made of it.

#include <string>

#include "metrics/accumulator.hpp"
#include "metrics/compensated_sum.hpp"
#include "metrics/value_reasons.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

/// The cost of a set of alerts.
struct CostOf {
  std::int64_t alerts = 0, missed_frauds = 0;
  double missed_amount = 0;  ///< not looked at where its share costs nothing

  [[nodiscard]] double at(const Costs& costs) const {
    const double counted =
        costs.alert * static_cast<double>(alerts) + costs.missed_fraud * static_cast<double>(missed_frauds);
    return costs.missed_fraud_amount_share > 0 ? counted + costs.missed_fraud_amount_share * missed_amount : counted;
  }
};

/// (1 + beta^2) TP / ((1 + beta^2) TP + beta^2 FN + FP); needs fraud.
double f_beta(const Confusion& counts, double beta);

class AtThreshold : public Accumulator {
 public:
  /// The settings have a threshold.
  AtThreshold(const RankedPart& part, const Totals& totals, const EvaluationSettings& settings,
              const ValueReasons& reasons);
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

  [[nodiscard]] Confusion confusion() const;

 private:
  void add_amounts(const CountedRow& row, bool alerted);
  void tell_counts(const Confusion& counts, Figures& figures) const;
  void tell_both_classes(const Confusion& counts, Figures& figures) const;
  void tell_values(const Confusion& counts, Figures& figures) const;
  void tell_costs(const Confusion& counts, Figures& figures) const;

  const RankedPart& part_;
  Totals totals_;
  double threshold_;
  std::optional<double> beta_;
  std::optional<Costs> costs_;
  const ValueReasons& reasons_;
  std::int64_t found_ = 0, false_alarms_ = 0;
  CompensatedSum alerted_amount_, found_amount_, missed_amount_;
};

}  // namespace mf::metrics
