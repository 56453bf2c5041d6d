#pragma once
// A sum of doubles that keeps what each addition rounds away (Neumaier).

#include <cmath>

namespace mf::metrics {

/// The error stays near one rounding, however many terms there are. The bits still depend on the order of the terms.
class CompensatedSum {
 public:
  void add(double term) {
    const double sum = sum_ + term;
    lost_ += std::fabs(sum_) >= std::fabs(term) ? (sum_ - sum) + term : (term - sum) + sum_;
    sum_ = sum;
  }

  [[nodiscard]] double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

}  // namespace mf::metrics
