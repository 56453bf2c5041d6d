#pragma once
// How sure the figures are: intervals by bootstrap over clusters of rows, and the difference from a baseline on the
// same resamples.
//
// Room: metrics.  docs/metrics.md#intervals has the method to the last draw; bootstrap_method names it in reports.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/metrics/figure.hpp"
#include "mf/metrics/ranked_part.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::metrics {

/// Calls its second argument once for each number from 0 to before the first, on as many threads as it likes.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

enum class Cluster { entity, day };

struct Bootstrap {
  std::int64_t resamples = 0;  ///< at least 1
  Cluster cluster = Cluster::entity;
  std::uint64_t seed = 0;
};

inline constexpr const char* kBootstrapMethod = "stratified_cluster_percentile";
inline constexpr double kIntervalLevel = 0.95;

struct Interval {
  std::optional<double> lower, upper;  ///< both or none
  std::int64_t finite = 0;             ///< resamples in which the figure is defined
  std::string reason;                  ///< why there is none; empty when there is one
  bool operator==(const Interval&) const = default;
};

/// A figure of the model, of its baseline, and candidate - baseline.
struct Difference {
  Figure candidate, baseline, difference;
  Interval interval;  ///< of the difference, both on the same resamples
  bool operator==(const Difference&) const = default;
};

/// How many clusters `part` has to draw from; 0 when it lacks the column.
std::int64_t cluster_count(const RankedPart& part, Cluster cluster);

/// The intervals of the figures called `names` (any spelling that parse_metric reads), under these names. The same bits
/// whatever `each` does with threads. Throws as evaluate, and INTERNAL for a name that is no metric.
std::map<std::string, Interval> intervals(const RankedPart& part, const EvaluationSettings& settings,
                                          const std::vector<std::string>& names, const Bootstrap& bootstrap,
                                          const ForEach& each);

/// The figures called `names` by scores and by baseline scores, and how sure their differences are. `baseline_settings`
/// differ from `settings` where the models do: threshold, references, no_probabilities. Throws as intervals, and
/// INTERNAL when there are no baseline scores.
std::map<std::string, Difference> compare(const RankedPart& part, const EvaluationSettings& settings,
                                          const EvaluationSettings& baseline_settings,
                                          const std::vector<std::string>& names, const Bootstrap& bootstrap,
                                          const ForEach& each);

}  // namespace mf::metrics
