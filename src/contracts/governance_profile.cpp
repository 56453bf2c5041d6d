#include "mf/contracts/governance_profile.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, Criterion& criterion) {
  visit("id", criterion.id);
  visit("metric", criterion.metric);
  visit("part", criterion.part);
  visit("at_least", criterion.at_least);
  visit("at_most", criterion.at_most);
  visit("bound", criterion.bound);
  visit("severity", criterion.severity);
}

template <class V>
void describe(V& visit, GovernanceProfile& profile) {
  visit("schema_version", profile.schema_version);
  visit("policy_id", profile.policy_id);
  visit("revision", profile.revision);
  visit("criteria", profile.criteria);
}

MF_DOCUMENT(GovernanceProfile)

}  // namespace mf::contracts
