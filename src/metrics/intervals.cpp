#include "mf/metrics/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "metrics/clusters.hpp"
#include "metrics/columns.hpp"
#include "metrics/reasons.hpp"
#include "metrics/sweep.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

// With fewer defined resamples than this there is no interval.
constexpr double kLeastFinite = 0.95;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// One value for each resample, NaN where the figure is undefined.
using Draws = std::vector<double>;

/// The figures of a part by the names they were asked for, and of its resamples.
class Resampled {
 public:
  Resampled(const RankedPart& part, const EvaluationSettings& settings, const std::vector<std::string>& names)
      : part_(part), settings_(settings), names_(names), wanted_(settings, names), basis_(part, wanted_) {
    for (const std::string& name : names) canonical_.push_back(canonical_name(*parse_metric(name)));
  }

  [[nodiscard]] const Calendar& calendar() const { return basis_.calendar; }

  [[nodiscard]] std::vector<Figure> point() const {
    const Figures figures = figures_of(basis_, wanted_, {});
    std::vector<Figure> point;
    for (const std::string& name : canonical_) {
      const auto found = figures.find(name);
      point.push_back(found != figures.end() ? found->second
                                             : undefined(why_not(*parse_metric(name), part_, settings_)));
    }
    return point;
  }

  /// By name, in their order.
  [[nodiscard]] std::vector<Draws> draws(const Clusters& clusters, const Bootstrap& bootstrap,
                                         const ForEach& each) const {
    const auto resamples = static_cast<std::size_t>(bootstrap.resamples);
    std::vector<Draws> draws(canonical_.size(), Draws(resamples, kNone));
    if (!clusters.reason().empty() || canonical_.empty()) return draws;
    each(resamples, [&](std::size_t resample) {
      const auto times = clusters.draw(bootstrap.seed, resample);
      const Figures figures = figures_of(basis_, wanted_, clusters.sample(times));
      for (std::size_t i = 0; i < canonical_.size(); ++i) {
        const auto found = figures.find(canonical_[i]);
        if (found != figures.end()) draws[i][resample] = found->second.value.value_or(kNone);
      }
    });
    return draws;
  }

 private:
  const RankedPart& part_;
  const EvaluationSettings& settings_;
  const std::vector<std::string>& names_;
  Wanted wanted_;
  SweepBasis basis_;
  std::vector<std::string> canonical_;
};

// numpy.quantile's default, to the last bit.
double quantile(const std::vector<double>& ascending, double share) {
  const double place = share * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const double low = ascending[below], high = ascending[std::min(below + 1, ascending.size() - 1)];
  const double weight = place - static_cast<double>(below);
  return weight < 0.5 ? low + (high - low) * weight : high - (high - low) * (1 - weight);
}

Interval interval_of(Draws draws, const Figure& point, const std::string& no_clusters) {
  const auto resamples = static_cast<double>(draws.size());
  std::erase_if(draws, [](double value) { return std::isnan(value); });
  Interval interval;
  interval.finite = std::ssize(draws);
  if (!point.value) {
    interval.reason = point.reason;
  } else if (!no_clusters.empty()) {
    interval.reason = no_clusters;
  } else if (static_cast<double>(draws.size()) < kLeastFinite * resamples) {
    interval.reason = "defined in too few resamples: " + std::to_string(draws.size());
  } else {
    std::sort(draws.begin(), draws.end());
    interval.lower = quantile(draws, (1 - kIntervalLevel) / 2);
    interval.upper = quantile(draws, 1 - (1 - kIntervalLevel) / 2);
  }
  return interval;
}

Figure difference_of(const Figure& candidate, const Figure& baseline) {
  if (!candidate.value) return candidate;
  if (!baseline.value) return undefined("of the baseline: " + baseline.reason);
  return defined(*candidate.value - *baseline.value);
}

Draws differences(const Draws& candidate, const Draws& baseline) {
  Draws difference;
  std::ranges::transform(candidate, baseline, std::back_inserter(difference), std::minus<>());
  return difference;
}

void require_resamples(const Bootstrap& bootstrap) {
  if (bootstrap.resamples >= 1) return;
  throw Error(Code::INTERNAL,
              "a bootstrap of " + std::to_string(bootstrap.resamples) + " resamples; it needs at least 1");
}

}  // namespace

std::int64_t cluster_count(const RankedPart& part, Cluster cluster) {
  return Clusters(part, Calendar(part.days), cluster).count();
}

std::map<std::string, Interval> intervals(const RankedPart& part, const EvaluationSettings& settings,
                                          const std::vector<std::string>& names, const Bootstrap& bootstrap,
                                          const ForEach& each) {
  require_resamples(bootstrap);
  require_sound(settings);
  require_ranked(part, settings.no_probabilities.empty());
  const Resampled resampled(part, settings, names);
  const Clusters clusters(part, resampled.calendar(), bootstrap.cluster);
  const auto point = resampled.point();
  auto draws = resampled.draws(clusters, bootstrap, each);
  std::map<std::string, Interval> told;
  for (std::size_t i = 0; i < names.size(); ++i)
    told[names[i]] = interval_of(std::move(draws[i]), point[i], clusters.reason());
  return told;
}

std::map<std::string, Difference> compare(const RankedPart& part, const EvaluationSettings& settings,
                                          const EvaluationSettings& baseline_settings,
                                          const std::vector<std::string>& names, const Bootstrap& bootstrap,
                                          const ForEach& each) {
  require_resamples(bootstrap);
  require_sound(settings);
  require_sound(baseline_settings);
  require_ranked(part, settings.no_probabilities.empty());
  const Clusters clusters(part, Calendar(part.days), bootstrap.cluster);
  const Resampled candidate(part, settings, names);
  const auto point = candidate.point();
  const auto draws = candidate.draws(clusters, bootstrap, each);

  const RankedPart baseline_part = baseline_of(part);
  require_ranked(baseline_part, baseline_settings.no_probabilities.empty());
  const Resampled baseline(baseline_part, baseline_settings, names);
  const auto baseline_point = baseline.point();
  const auto baseline_draws = baseline.draws(clusters.reordered(part.baseline_order), bootstrap, each);

  std::map<std::string, Difference> told;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Figure difference = difference_of(point[i], baseline_point[i]);
    told[names[i]] = {point[i], baseline_point[i], difference,
                      interval_of(differences(draws[i], baseline_draws[i]), difference, clusters.reason())};
  }
  return told;
}

}  // namespace mf::metrics
