#include "mf/factory/workshop.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "mf/contracts/document.hpp"
#include "mf/contracts/profile_lock.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/identity/recipes.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;
using contracts::PlatformProfile;

std::string read_profile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || fs::is_directory(path))
    throw Error(Code::PROFILE_MISSING, "the platform profile " + path + " cannot be read", {{"profile", path}});
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

PlatformProfile parse(const std::string& text, const std::string& path) {
  return contracts::syntax_of(path) == contracts::Syntax::json ? contracts::read_json<PlatformProfile>(text, path)
                                                               : contracts::read_yaml<PlatformProfile>(text, path);
}

std::string beside(const std::string& profile_path, const std::string& root) {
  const fs::path place(root);
  return place.is_absolute() ? place.string()
                             : (fs::path(profile_path).parent_path() / place).lexically_normal().string();
}

/// The configuration in force. There is no launcher policy beside the profile yet: the profile stands for both.
std::string digest_of(const PlatformProfile& profile, const std::string& text) {
  const std::string digest = identity::sha256_hex(text);
  return identity::run_config_digest(
      {{"profile_id", profile.profile_id}, {"digest", digest}},
      {{"policy_id", profile.profile_id}, {"revision", profile.schema_version}, {"digest", digest}},
      {{"stream_id", "mf.v0"},
       {"required_platform_run_id", nullptr},
       {"run_ledger_locator", profile.object_store.root},
       {"object_store_root", profile.object_store.root},
       {"service_release_id", profile.service_release_id}});
}

}  // namespace

Workshop open_workshop(const std::string& path, const Clock& clock, observability::Journal& journal) {
  const std::string text = read_profile(path);
  const auto profile = parse(text, path);
  const auto machine = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return {.profile = profile,
          .profile_path = path,
          .run_config_digest = digest_of(profile, text),
          .threads = profile.threads ? static_cast<int>(*profile.threads) : machine,
          .artifacts = store::open_filesystem(beside(path, profile.object_store.root)),
          .registry_root = beside(path, profile.registry.root),
          .clock = clock,
          .journal = journal,
          .prepared = nullptr};
}

std::unique_ptr<store::ArtifactStore> open_registry(const Workshop& workshop) {
  try {
    return store::open_filesystem(workshop.registry_root);
  } catch (const Error& error) {
    throw Error(Code::REGISTRY_UNAVAILABLE, "the registry: " + error.message(), error.context());
  }
}

}  // namespace mf::factory
