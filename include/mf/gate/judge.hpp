#pragma once
// The verdict from a policy and the figures.
//
// Room: gate.  Pure: no files, no clock, no defaults.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/governance_profile.hpp"

namespace mf::gate {

/// The rows of a part whose `column` says `value`.
struct SliceValue {
  std::string column, value;
};

/// A figure that a policy asks for.
struct Question {
  std::string part, metric;
  std::optional<SliceValue> slice;
};

/// The rows that a figure is of.
struct Support {
  std::int64_t rows = 0, frauds = 0;
  std::string too_little;  ///< why nothing may be concluded from them, whatever the policy asks; empty: enough
};

/// A figure as it was observed, or why there is none.
struct Observation {
  std::optional<double> value;
  std::string reason;                  ///< why it has no value
  std::optional<double> lower, upper;  ///< both or none: 95 %, two-sided
  std::string interval_reason;         ///< why there is no interval
  Support support;
};

/// Candidate and baseline on the same rows. The difference is positive where the candidate is better, whichever way
/// the metric goes; the interval is that of the difference, over the same resamples for both.
struct PairedObservation {
  std::optional<double> candidate, baseline, difference;
  std::string reason;  ///< why there is no difference
  std::optional<double> lower, upper;
  std::string interval_reason;
  Support support;
};

/// Knows what was observed. A value that a slice column does not have in a part is a slice without rows: its figures
/// are undefined.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual Observation observe(const Question& question) const = 0;
  virtual PairedObservation compare(const Question& question) const = 0;
  /// The values of `column` in `part`, ascending.
  virtual std::vector<std::string> values_of(const std::string& part, const std::string& column) const = 0;
};

/// Inconclusive blocks like fail: it says that these rows are too few to tell.
enum class Decision { pass, fail, inconclusive };

struct Verdict {
  Decision decision = Decision::fail;
  std::vector<contracts::CriterionResult> criteria;  ///< in the policy's order, comparisons last; values ascending
};

/// Judges every criterion and comparison, those of all values of a column once for each value. Fail when a blocking one
/// fails, else inconclusive when a blocking one is, else pass. In this order, each is
/// - INCONCLUSIVE with fewer rows or frauds than it asks for;
/// - FAIL when its figure is undefined;
/// - a point: PASS when the figure meets the threshold, exactly on it included, else FAIL;
/// - INCONCLUSIVE when it needs an interval and there is none;
/// - a strict bound (lower with at_least, upper with at_most, and every comparison: lower with minus its margin): PASS
///   when the bound meets the threshold, FAIL when not even the other bound does, else INCONCLUSIVE;
/// - a lenient bound (upper with at_least, lower with at_most): PASS when the bound meets the threshold, else FAIL.
/// Throws GOVERNANCE_PROFILE_INVALID when the policy has no criterion.
Verdict judge(const contracts::GovernanceProfile& policy, const Observer& observer);

/// PASS, FAIL or INCONCLUSIVE.
std::string name_of(Decision decision);

/// PASS or FAIL, as the v0 documents say it: what is inconclusive is not passed.
std::string gate_decision_of(Decision decision);

/// Criterion or comparison id -> threshold, of a comparison minus its margin.
std::map<std::string, double> thresholds_of(const contracts::GovernanceProfile& policy);

/// How far what is held against the threshold (figure, bound, or bound of a difference) is on its good side: 0 on it,
/// negative beyond. Nothing where there is no such number.
std::optional<double> margin_of(const contracts::CriterionResult& result);

/// The criterion that decides: of the blocking ones with the worst outcome the one with the smallest margin, one
/// without a margin before all others. Null when none blocks.
const contracts::CriterionResult* decisive(const Verdict& verdict);

/// What each slice criterion and figure of a policy needs of an evaluation.
struct Need {
  std::string part, metric;
  std::optional<contracts::Slice> slice;
  bool interval = false;    ///< a bound other than point
  bool comparison = false;  ///< with the baseline on the same rows
  std::string pointer;      ///< of the criterion in the policy, such as /criteria/0
};

/// Everything that judging by `policy` will ask, in its order.
std::vector<Need> needs_of(const contracts::GovernanceProfile& policy);

}  // namespace mf::gate
