#include "metrics/value_reasons.hpp"

#include <cmath>
#include <cstdint>

namespace mf::metrics {
namespace {

std::string amounts_reason(std::int64_t missing, std::int64_t negative, const std::string& rows) {
  if (missing > 0) return std::to_string(missing) + " " + rows + " have no amount";
  if (negative > 0) return std::to_string(negative) + " " + rows + " have a negative amount";
  return {};
}

}  // namespace

ValueReasons value_reasons(const RankedPart& part) {
  std::int64_t missing = 0, negative = 0, frauds_missing = 0, frauds_negative = 0;
  for (std::size_t row = 0; row < part.amounts.size(); ++row) {
    const std::int64_t no_amount = std::isfinite(part.amounts[row]) ? 0 : 1, below = part.amounts[row] < 0 ? 1 : 0;
    missing += no_amount;
    negative += below;
    frauds_missing += no_amount * part.labels[row];
    frauds_negative += below * part.labels[row];
  }
  return {amounts_reason(frauds_missing, frauds_negative, "fraud rows"), amounts_reason(missing, negative, "rows")};
}

}  // namespace mf::metrics
