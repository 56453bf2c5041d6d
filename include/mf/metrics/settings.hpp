#pragma once
// Which figures are wanted, and what they are pinned to: thresholds, costs, known frauds, reference distributions.
//
// Room: metrics.

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "mf/metrics/ranked_part.hpp"

namespace mf::metrics {

/// What alerts and missed frauds cost, in the unit of the amounts.
struct Costs {
  double alert = 0;                      ///< each alert, right or wrong
  double missed_fraud = 0;               ///< each fraud that is not alerted on
  double missed_fraud_amount_share = 0;  ///< of the amount of each fraud that is not alerted on
  bool operator==(const Costs&) const = default;
};

/// How scores are spread: the rows of a reference part, in bins of (nearly) equal number.
struct ScoreDistribution {
  std::vector<float> edges;    ///< ascending; bin b holds scores in (edges[b-1], edges[b]], the last is open above
  std::vector<double> shares;  ///< of all rows; one more than edges
  bool operator==(const ScoreDistribution&) const = default;
};

/// The distribution of the scores in ten bins between their deciles; fewer where deciles coincide. Empty without rows.
ScoreDistribution score_distribution(const RankedPart& part);

/// The day from which a card is known that is never known as fraud.
inline constexpr std::int32_t kNeverKnown = std::numeric_limits<std::int32_t>::max();

/// Which cards an analyst would not be shown again.
struct CardRules {
  bool remove_detected = true;  ///< a card found as fraud is gone from the next day on
  /// By entity: the day from which it is known as fraud of an earlier part, or kNeverKnown; may be empty.
  std::span<const std::int32_t> known_from;
  /// Frauds of the part itself become known this many days after their day, found or not; none: not within this part.
  std::optional<std::int32_t> label_delay_days;
};

/// How many rows and frauds a week, or a group of a slice column, must have to be compared with others.
struct Support {
  std::int64_t rows = 1, frauds = 1;
};

struct EvaluationSettings {
  std::vector<std::int64_t> top_k;       ///< each at least 1; of the whole part, and of each day
  std::vector<double> alert_rates;       ///< each in (0,1); of the whole part, and of each day
  std::vector<double> max_fpr;           ///< each in (0,1): recall at, and area up to, this false positive rate
  std::vector<std::int64_t> card_top_k;  ///< each at least 1: cards shown to analysts on each day
  std::optional<double> beta;            ///< above 0: how many times recall counts as much as precision, for f_beta
  std::optional<Costs> costs;
  std::optional<double> threshold;  ///< the operating point: rows with at least this score are alerted on
  std::string no_threshold;         ///< why there is none although the profile has a rule; empty: it has no rule
  std::string no_probabilities;     ///< why the scores are no probabilities; empty when they are
  CardRules cards;
  Support support;
  std::map<std::string, ScoreDistribution> references;  ///< by part: train, validation; for psi_from_<part>
  std::set<std::string> named;  ///< canonical names that must be among the figures, if only with a reason; see want()
};

}  // namespace mf::metrics
