#pragma once
// What an analyst gets who looks at the highest scores only: the top k of the part, or a share of all its rows.

#include <string>
#include <vector>

#include "metrics/accumulator.hpp"
#include "metrics/compensated_sum.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

/// ⌊rate x rows + 10^-9⌋. The addend undoes a product such as 0.29 x 100 that rounds to just below the whole number
/// that it stands for.
std::int64_t alerts_allowed(double rate, std::int64_t rows);

class TopRows : public Accumulator {
 public:
  /// `value_reason`: why there are no figures in money although there are amounts.
  TopRows(const RankedPart& part, const Totals& totals, const EvaluationSettings& settings, std::string value_reason);
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

  /// In the order of the settings.
  [[nodiscard]] std::vector<AlertRate> alert_rates() const;

 private:
  struct Top {
    std::string suffix;       // of the names of its figures
    std::int64_t alerts = 0;  // allowed
    std::int64_t rows = 0, frauds = 0;
    CompensatedSum fraud_amount;
    float lowest = 0;

    Top(std::string name, std::int64_t most) : suffix(std::move(name)), alerts(most) {}
  };

  void take(const CountedRow& row, Top& top);
  void tell(const Top& top, Figures& figures) const;

  const RankedPart& part_;
  Totals totals_;
  std::vector<double> rates_;
  std::string value_reason_;
  std::vector<Top> tops_;  // the k, then the rates
  std::int64_t rows_ = 0, most_ = 0;
};

}  // namespace mf::metrics
