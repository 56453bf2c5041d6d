#include "metrics/sample.hpp"

#include "metrics/compensated_sum.hpp"

namespace mf::metrics {

Totals totals(const RankedPart& part, const Sample& sample) {
  Totals all;
  CompensatedSum amount;
  std::int64_t rows = 0;
  for (std::size_t row = 0; row < part.rows(); ++row) {
    const std::uint32_t times = sample.times_of(row);
    rows += times;
    if (part.labels[row] == 0) continue;
    all.positives += times;
    if (times > 0 && !part.amounts.empty()) amount.add(times * part.amounts[row]);
  }
  all.negatives = rows - all.positives;
  all.fraud_amount = amount.value();
  return all;
}

}  // namespace mf::metrics
