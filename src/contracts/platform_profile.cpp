#include "mf/contracts/platform_profile.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"
#include "mf/error.hpp"

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
void describe(V& visit, PlatformProfile::Launcher& launcher) {
  visit("policy_id", launcher.policy_id);
  visit("revision", launcher.revision);
  visit("stream_id", launcher.stream_id);
  visit("request_batch_limit", launcher.request_batch_limit);
}

template <class V>
void describe(V& visit, PlatformProfile::EvidenceRefs& rules) {
  visit("allowed_actors", rules.allowed_actors);
  visit("strict", rules.strict);
  visit("purpose", rules.purpose);
}

template <class V>
void describe(V& visit, PlatformProfile::Signals& signals) {
  visit("runs_root", signals.runs_root);
  visit("textfile_folder", signals.textfile_folder);
  visit("openlineage_file", signals.openlineage_file);
  visit("on_every_command", signals.on_every_command);
}

template <class V>
void describe(V& visit, PlatformProfile& profile) {
  visit("schema_version", profile.schema_version);
  visit("profile_id", profile.profile_id);
  visit("environment", profile.environment);
  visit("required_platform_run_id", profile.required_platform_run_id);
  visit("object_store", profile.object_store);
  visit("registry", profile.registry);
  visit("require_pinned_refs", profile.require_pinned_refs);
  visit("service_release_id", profile.service_release_id);
  visit("actor", profile.actor);
  visit("threads", profile.threads);
  visit("publish_retry_budget", profile.publish_retry_budget);
  visit("stage_retry_budget", profile.stage_retry_budget);
  visit("ownership_boundaries", profile.ownership_boundaries);
  visit("launcher", profile.launcher);
  visit("evidence_refs", profile.evidence_refs);
  visit("signals", profile.signals);
}

MF_DOCUMENT(PlatformProfile)

namespace {

/// The environment on a person's own machine.
constexpr std::string_view kLocal = "local";

void require_bucket(const PlatformProfile& profile, const PlatformProfile::Place& place, const std::string& pointer,
                    const std::string& where) {
  if (place.root.starts_with("s3://")) return;
  throw Error(
      Code::PROFILE_INVALID,
      where + ": " + pointer + " is a folder, and the environment " + profile.environment + " lies in an object store",
      {{"document", where}, {"pointer", pointer}, {"environment", profile.environment}},
      "Use class s3 and an s3:// root; only the environment local lies in folders.");
}

/// What holds from the second rung of the ladder on. There is no fallback to what the first one allows.
void require_more_than_local(const PlatformProfile& profile, const std::string& where) {
  require_bucket(profile, profile.object_store, "/object_store/root", where);
  require_bucket(profile, profile.registry, "/registry/root", where);
  if (profile.required_platform_run_id) return;
  throw Error(Code::PROFILE_INVALID, where + ": /required_platform_run_id is missing",
              {{"document", where}, {"pointer", "/required_platform_run_id"}, {"environment", profile.environment}},
              "Name the platform run that this installation works for, or write any.");
}

}  // namespace

PlatformProfile read_platform_profile(std::string_view bytes, const std::string& where) {
  auto profile = read_by_name<PlatformProfile>(bytes, where);
  if (profile.environment != kLocal) require_more_than_local(profile, where);
  return profile;
}

}  // namespace mf::contracts
