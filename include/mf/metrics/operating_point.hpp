#pragma once
// The score from which on rows are alerted on, chosen on the validation part by the profile's rule.
//
// Room: metrics.

#include <optional>

#include "mf/metrics/figure.hpp"
#include "mf/metrics/ranked_part.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::metrics {

struct OperatingRule {
  enum class Kind {
    alert_rate,  ///< as many alerts as at most `value` of the rows allows
    max_fpr,     ///< the highest recall with at most `value` of the legitimate rows alerted on
    min_recall,  ///< the highest threshold that finds at least `value` of the frauds
    max_f_beta,  ///< the highest F-beta
    min_cost,    ///< the lowest cost
  };
  Kind kind = Kind::alert_rate;
  std::optional<double> value;  ///< in (0,1); of the first three kinds
  std::optional<double> beta;   ///< above 0; of max_f_beta
  std::optional<Costs> costs;   ///< of min_cost
};

/// One of the scores of `validation`, or why none serves. Where several serve equally well, the highest of them. Throws
/// INTERNAL if the rule lacks what its kind needs.
Figure choose_threshold(const RankedPart& validation, const OperatingRule& rule);

}  // namespace mf::metrics
