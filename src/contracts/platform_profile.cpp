#include "mf/contracts/platform_profile.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, PlatformProfile::Place& place) {
  visit("class", place.klass);
  visit("root", place.root);
  visit("endpoint", place.endpoint);
  visit("region", place.region);
  visit("path_style", place.path_style);
  visit("attempts", place.attempts);
  visit("silence_seconds", place.silence_seconds);
}

template <class V>
void describe(V& visit, PlatformProfile& profile) {
  visit("schema_version", profile.schema_version);
  visit("profile_id", profile.profile_id);
  visit("environment", profile.environment);
  visit("object_store", profile.object_store);
  visit("registry", profile.registry);
  visit("require_pinned_refs", profile.require_pinned_refs);
  visit("service_release_id", profile.service_release_id);
  visit("actor", profile.actor);
  visit("threads", profile.threads);
  visit("publish_retry_budget", profile.publish_retry_budget);
  visit("stage_retry_budget", profile.stage_retry_budget);
  visit("ownership_boundaries", profile.ownership_boundaries);
}

MF_DOCUMENT(PlatformProfile)

PlatformProfile read_platform_profile(std::string_view bytes, const std::string& where) {
  return read_by_name<PlatformProfile>(bytes, where);
}

}  // namespace mf::contracts
