#include "factory/run_scope.hpp"

#include "mf/error.hpp"

namespace mf::factory {

void require_in_scope(const Workshop& workshop, const std::string& platform_run_id) {
  const auto& required = workshop.profile.required_platform_run_id;
  if (!required || *required == contracts::kAnyPlatformRun || *required == platform_run_id) return;
  throw Error(
      Code::RUN_SCOPE_INVALID,
      "platform run " + platform_run_id + " is out of scope: this installation works for " + *required,
      {{"expected", *required}, {"observed", platform_run_id}},
      "Use the installation of that platform run, or correct required_platform_run_id in the platform profile.");
}

ledger::Attribution attribution_of(const Workshop& workshop) {
  const auto& profile = workshop.profile;
  return {profile.actor.actor_id, profile.actor.source_type, profile.service_release_id, profile.environment,
          workshop.run_config_digest};
}

}  // namespace mf::factory
