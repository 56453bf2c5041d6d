#pragma once
// mf.governance_profile.v1: what a model must show to be published; and the older form with eval_thresholds.
//
// Room: contracts.  docs/formats/governance_profile.v1.md.

#include <optional>
#include <string>
#include <vector>

namespace mf::contracts {

/// One thing a model must show. Exactly one of at_least and at_most is given.
struct Criterion {
  std::string id;
  std::string metric;  ///< a name of mf/metrics/catalogue.hpp
  std::string part;    ///< train, validation or test
  std::optional<double> at_least;
  std::optional<double> at_most;
  std::optional<std::string> bound;  ///< point, the only one so far, is also meant when absent
  std::string severity;              ///< block: failing it fails the gate; warn: it is only recorded
};

struct GovernanceProfile {
  std::string schema_version;
  std::string policy_id;
  std::string revision;
  std::vector<Criterion> criteria;
};

}  // namespace mf::contracts
