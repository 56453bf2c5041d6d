#include "mf/factory/workshop.hpp"

#include <nlohmann/json.hpp>
#include <thread>

#include "factory/audited_store.hpp"
#include "factory/evidence_audit.hpp"
#include "factory/place.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/ownership_boundaries.hpp"
#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/store/scratch_file.hpp"

namespace mf::factory {
namespace {

using contracts::PlatformProfile;

/// The profile, or a file that it names; `absent` is the code where there is none.
std::string read_file(const std::string& path, const std::string& what, Code absent) {
  try {
    return read_named_file(path, what + " " + path);
  } catch (const Error& error) {
    if (error.code() != Code::FILE_NOT_FOUND) throw;
    throw Error(absent, error.message(), {{"file", path}});
  }
}

/// Nothing is opened where Model Factory may not write what it writes.
void hold_against_boundaries(const PlatformProfile& profile, const std::string& profile_path) {
  if (!profile.ownership_boundaries) return;
  const std::string file = beside(profile_path, *profile.ownership_boundaries);
  contracts::read_ownership_boundaries(read_file(file, "the ownership boundaries", Code::PROFILE_INVALID), file);
}

/// The configuration in force: everything that the profile says after its variables were replaced. Secrets stand in no
/// profile. Without a launcher the profile stands for its policy too.
std::string digest_of(const PlatformProfile& profile) {
  const std::string digest = contracts::content_digest(profile);
  const auto launcher =
      profile.launcher.value_or(PlatformProfile::Launcher{profile.profile_id, profile.schema_version, "mf.v0", 0});
  return identity::run_config_digest(
      {{"profile_id", profile.profile_id}, {"digest", digest}},
      {{"policy_id", launcher.policy_id}, {"revision", launcher.revision}, {"digest", digest}},
      {{"stream_id", launcher.stream_id},
       {"required_platform_run_id",
        profile.required_platform_run_id ? nlohmann::json(*profile.required_platform_run_id) : nlohmann::json(nullptr)},
       {"run_ledger_locator", profile.object_store.root},
       {"object_store_root", profile.object_store.root},
       {"service_release_id", profile.service_release_id}});
}

/// Looking at a run leaves nothing in its log; who looked at what is told to those who keep what is told.
EvidenceAudit::Onlooker told_by(observability::Journal& journal, const std::string& actor_id) {
  return [&journal, actor_id](const EvidenceResolution& resolution) {
    const bool denied = !resolution.reason_code.empty();
    observability::Journal::Fields fields{{"actor_id", actor_id},
                                          {"ref_id", resolution.ref_id},
                                          {"purpose", resolution.purpose},
                                          {"resolution_status", denied ? "DENIED" : "RESOLVED"}};
    if (denied) fields["reason_code"] = resolution.reason_code;
    journal.detail("protected ref " + std::string(denied ? "denied" : "resolved"), fields);
  };
}

}  // namespace

Workshop open_workshop(const std::string& path, const Clock& clock, observability::Journal& journal,
                       StopRequest* stop) {
  const std::string text = read_file(path, "the platform profile", Code::PROFILE_MISSING);
  const auto profile = contracts::read_platform_profile(text, path);
  hold_against_boundaries(profile, path);
  auto audit = std::make_shared<EvidenceAudit>(profile.actor.actor_id, profile.evidence_refs,
                                               told_by(journal, profile.actor.actor_id));
  const auto machine = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return {.profile = profile,
          .profile_path = path,
          .run_config_digest = digest_of(profile),
          .threads = profile.threads ? static_cast<int>(*profile.threads) : machine,
          .artifacts = std::make_unique<AuditedStore>(open_store(path, profile.object_store, stop), audit),
          .scratch_folder = store::scratch_folder(),
          .registry_root = root_of(path, profile.registry),
          .clock = clock,
          .journal = journal,
          .prepared = nullptr,
          .cache = store::open_local_cache(),
          .stop = stop,
          .audit = audit};
}

std::unique_ptr<store::ArtifactStore> open_registry(const Workshop& workshop) {
  try {
    return open_registry_root(workshop.profile_path, workshop.profile.registry, workshop.stop);
  } catch (const Error& error) {
    if (!error.row().transient()) throw;
    throw Error(Code::REGISTRY_UNAVAILABLE, "the registry: " + error.message(), error.context());
  }
}

}  // namespace mf::factory
