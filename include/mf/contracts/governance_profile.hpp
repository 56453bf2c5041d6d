#pragma once
// mf.governance_profile.v1: what a model must show to be published; and the older form with eval_thresholds.
//
// Room: contracts.  docs/formats/governance_profile.v1.md.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/bundle_reference.hpp"

namespace mf::contracts {

/// The rows with one value of a column, or with each of its values where none is given.
struct Slice {
  std::string column;
  std::optional<std::string> value;
  bool operator==(const Slice&) const = default;
};

/// One thing a model must show. Exactly one of at_least and at_most is given.
struct Criterion {
  std::string id;      ///< used once, comparisons included
  std::string metric;  ///< a name of mf/metrics/catalogue.hpp
  std::string part;    ///< train, validation or test
  std::optional<Slice> slice;
  std::optional<double> at_least;
  std::optional<double> at_most;
  std::optional<std::string> bound;        ///< point (also when absent), lower or upper: what the threshold is for
  std::optional<std::int64_t> min_rows;    ///< with fewer rows nothing is concluded
  std::optional<std::int64_t> min_frauds;  ///< with fewer frauds nothing is concluded
  std::string severity;                    ///< block: failing it fails the gate; warn: it is only recorded
};

/// The candidate may be worse than the baseline by `margin` at most, on the same rows.
struct Comparison {
  std::string id;  ///< used once, criteria included
  std::string metric;
  std::string part;
  std::optional<Slice> slice;
  double margin = 0;  ///< not below 0, in the metric's unit
  std::optional<std::int64_t> min_frauds;
  std::string severity;
};

struct GovernanceProfile {
  std::string schema_version;
  std::string policy_id;
  std::string revision;
  std::vector<Criterion> criteria;
  std::optional<BundleReference> baseline;  ///< given exactly when there are comparisons
  std::optional<std::vector<Comparison>> comparisons;
};

}  // namespace mf::contracts
