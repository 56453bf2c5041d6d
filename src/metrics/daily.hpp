#pragma once
// The top rows of each day: what a team finds that looks at so many alerts every day.

#include <string>
#include <vector>

#include "metrics/accumulator.hpp"
#include "metrics/calendar.hpp"
#include "metrics/compensated_sum.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::metrics {

class DailyAlerts : public Accumulator {
 public:
  /// `value_reason`: why there are no figures in money although there are amounts. The part has days, and they are
  /// those of the calendar.
  DailyAlerts(const RankedPart& part, const Calendar& calendar, const Sample& sample, const Totals& totals,
              const EvaluationSettings& settings, std::string value_reason);
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

  /// Adds precision_at_<k> of this day for each k.
  void tell_day(std::size_t day, Figures& figures) const;

 private:
  /// What was found on one day within one allowance.
  struct Found {
    std::int64_t allowed = 0, frauds = 0;
    CompensatedSum fraud_amount = {};
  };
  struct Allowance {
    std::string suffix;  // of the names of its figures
    std::vector<Found> days;
  };

  void allow(const EvaluationSettings& settings);
  [[nodiscard]] std::vector<std::int64_t> rows_by_day() const;
  void take(const CountedRow& row, std::size_t day, std::int64_t times);
  void tell(const Allowance& allowance, Figures& figures) const;

  const RankedPart& part_;
  const Calendar& calendar_;
  const Sample sample_;
  Totals totals_;
  std::string value_reason_;
  std::vector<std::int64_t> rows_;         // of each day
  std::vector<std::int64_t> seen_, most_;  // rows of each day so far, and how many any allowance takes
  std::vector<Allowance> allowances_;      // the k, then the rates
};

}  // namespace mf::metrics
