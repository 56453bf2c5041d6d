#pragma once
// What a policy asks about an evaluation, and what is answered.
//
// Room: gate.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

}  // namespace mf::gate
