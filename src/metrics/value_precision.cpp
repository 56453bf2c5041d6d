#include "metrics/value_precision.hpp"

#include "metrics/reasons.hpp"

namespace mf::metrics {

void ValuePrecision::take(const Piece& piece) {
  std::size_t begin = 0;
  for (const Tie& tie : piece.ties) {
    take(tie, piece.rows.subspan(begin, tie.end - begin));
    begin = tie.end;
  }
}

void ValuePrecision::take(const Tie& tie, std::span<const CountedRow> rows) {
  double frauds = 0;
  for (const CountedRow& row : rows) {
    const double amount = row.times * part_.amounts[row.row];
    all_.add(amount);
    if (part_.labels[row.row] == 0) continue;
    frauds_.add(amount);
    frauds += amount;
  }
  if (tie.positives > 0 && frauds > 0) precisions_.add(frauds * (frauds_.value() / all_.value()));
}

void ValuePrecision::tell(Figures& figures) {
  figures["average_precision_by_value"] =
      frauds_.value() > 0 ? defined(precisions_.value() / frauds_.value()) : undefined(kNoFraudAmount);
}

}  // namespace mf::metrics
