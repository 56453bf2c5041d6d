#include "mf/contracts/governance_profile.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, Criterion& criterion) {
  visit("id", criterion.id);
  visit("metric", criterion.metric);
  visit("part", criterion.part);
  visit("slice", criterion.slice);
  visit("at_least", criterion.at_least);
  visit("at_most", criterion.at_most);
  visit("bound", criterion.bound);
  visit("min_rows", criterion.min_rows);
  visit("min_frauds", criterion.min_frauds);
  visit("severity", criterion.severity);
}

template <class V>
void describe(V& visit, Comparison& comparison) {
  visit("id", comparison.id);
  visit("metric", comparison.metric);
  visit("part", comparison.part);
  visit("slice", comparison.slice);
  visit("margin", comparison.margin);
  visit("min_frauds", comparison.min_frauds);
  visit("severity", comparison.severity);
}

template <class V>
void describe(V& visit, GovernanceProfile& profile) {
  visit("schema_version", profile.schema_version);
  visit("policy_id", profile.policy_id);
  visit("revision", profile.revision);
  visit("criteria", profile.criteria);
  visit("baseline", profile.baseline);
  visit("comparisons", profile.comparisons);
}

MF_DOCUMENT(GovernanceProfile)

}  // namespace mf::contracts
