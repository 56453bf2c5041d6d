#pragma once
// Policies, and what was observed, in few words.

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "mf/gate/judge.hpp"

namespace mf::gate {

inline contracts::Criterion criterion(const std::string& metric, const std::string& severity = "block") {
  contracts::Criterion asked;
  asked.id = metric;
  asked.metric = metric;
  asked.part = "test";
  asked.severity = severity;
  return asked;
}

inline contracts::Criterion at_least(const std::string& metric, double threshold,
                                     const std::string& severity = "block") {
  auto asked = criterion(metric, severity);
  asked.at_least = threshold;
  return asked;
}

inline contracts::Criterion at_most(const std::string& metric, double threshold,
                                    const std::string& severity = "block") {
  auto asked = criterion(metric, severity);
  asked.at_most = threshold;
  return asked;
}

inline contracts::Criterion by(const std::string& bound, contracts::Criterion asked) {
  asked.bound = bound;
  return asked;
}

inline contracts::Criterion of_frauds(std::int64_t least, contracts::Criterion asked) {
  asked.min_frauds = least;
  return asked;
}

inline contracts::Criterion of_rows(std::int64_t least, contracts::Criterion asked) {
  asked.min_rows = least;
  return asked;
}

template <class Asked>
Asked in(contracts::Slice slice, Asked asked) {
  asked.slice = std::move(slice);
  return asked;
}

inline contracts::Comparison not_worse(const std::string& metric, double margin,
                                       const std::string& severity = "block") {
  contracts::Comparison asked;
  asked.id = "no-worse-" + metric;
  asked.metric = metric;
  asked.part = "test";
  asked.margin = margin;
  asked.severity = severity;
  return asked;
}

inline contracts::GovernanceProfile policy(std::vector<contracts::Criterion> criteria,
                                           std::vector<contracts::Comparison> comparisons = {}) {
  contracts::GovernanceProfile profile;
  profile.schema_version = "mf.governance_profile.v1";
  profile.policy_id = "p";
  profile.revision = "r1";
  profile.criteria = std::move(criteria);
  if (comparisons.empty()) return profile;
  profile.baseline = {"bundle", "v1"};
  profile.comparisons = std::move(comparisons);
  return profile;
}

/// A figure of 1000 rows, 100 of them frauds.
inline Observation value(double figure) {
  Observation observed;
  observed.value = figure;
  observed.interval_reason = "only 94 % of the resamples have a value";
  observed.support = {1000, 100};
  return observed;
}

inline Observation between(double lower, double upper, Observation observed) {
  observed.lower = lower;
  observed.upper = upper;
  return observed;
}

inline Observation undefined(const std::string& reason) {
  Observation observed;
  observed.reason = reason;
  observed.support = {1000, 100};
  return observed;
}

inline PairedObservation difference(double of_candidate) {
  PairedObservation observed;
  observed.candidate = 0.75 + of_candidate;
  observed.baseline = 0.75;
  observed.difference = of_candidate;
  observed.interval_reason = "only 94 % of the resamples have a value";
  observed.support = {1000, 100};
  return observed;
}

inline PairedObservation between(double lower, double upper, PairedObservation observed) {
  observed.lower = lower;
  observed.upper = upper;
  return observed;
}

/// Answers with what it was given, under `metric` or `metric column=value`.
class Observed : public Observer {
 public:
  std::map<std::string, Observation> figures;
  std::map<std::string, PairedObservation> pairs;
  std::map<std::string, std::vector<std::string>> values;

  Observation observe(const Question& question) const override { return figures.at(name_of(question)); }
  PairedObservation compare(const Question& question) const override { return pairs.at(name_of(question)); }
  std::vector<std::string> values_of(const std::string& /*part*/, const std::string& column) const override {
    return values.at(column);
  }

 private:
  static std::string name_of(const Question& question) {
    if (!question.slice) return question.metric;
    return question.metric + " " + question.slice->column + "=" + question.slice->value;
  }
};

/// How `asked` comes out when its figure is `observed`.
inline contracts::CriterionResult judged(const contracts::Criterion& asked, const Observation& observed) {
  Observed all;
  all.figures[asked.metric] = observed;
  return judge(policy({asked}), all).criteria.at(0);
}

/// How `asked` comes out when the paired difference is `observed`.
inline contracts::CriterionResult judged(const contracts::Comparison& asked, const PairedObservation& observed) {
  Observed all;
  all.figures["other"] = value(1);
  all.pairs[asked.metric] = observed;
  return judge(policy({at_least("other", 0)}, {asked}), all).criteria.at(1);
}

inline double just_above(double number) { return std::nextafter(number, HUGE_VAL); }
inline double just_below(double number) { return std::nextafter(number, -HUGE_VAL); }

}  // namespace mf::gate
