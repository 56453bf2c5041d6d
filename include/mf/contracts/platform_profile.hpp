#pragma once
// mf.platform_profile.v1: where this installation keeps things, and for whom it works. Wiring only; nothing in it
// shapes a model.
//
// Room: contracts.  docs/formats/platform_profile.v1.md.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mf::contracts {

struct PlatformProfile {
  struct Place {
    std::string klass;  ///< filesystem or s3 for the object store, object_store for the registry
    std::string root;   ///< a folder, relative to the profile's own folder; or s3://bucket[/prefix]
    // Of the object store that an s3:// root lies in; absent with a folder.
    std::optional<std::string> endpoint;
    std::optional<std::string> region;
    std::optional<bool> path_style;
    std::optional<std::int64_t> attempts{};         ///< of one request until it is answered; absent: 5
    std::optional<std::int64_t> silence_seconds{};  ///< after which a request counts as lost; absent: 30
  };
  struct Actor {
    std::string actor_id;     ///< SYSTEM::<service> or HUMAN::<id>
    std::string source_type;  ///< SYSTEM or HUMAN
  };
  struct Launcher {
    std::string policy_id, revision, stream_id;
    std::int64_t request_batch_limit = 0;  ///< jobs that one call of the worker takes at most
  };
  struct EvidenceRefs {
    std::vector<std::string> allowed_actors;
    bool strict = false;  ///< a denial ends the phase
    std::string purpose;
  };
  /// Folders and a file, relative to the profile's own folder.
  struct Signals {
    std::string runs_root;
    std::optional<std::string> textfile_folder, openlineage_file;
    bool on_every_command = false;
  };

  std::string schema_version;
  std::string profile_id;
  std::string environment;
  std::optional<std::string> required_platform_run_id;  ///< or kAnyPlatformRun; absent in the environment local alone
  Place object_store;
  Place registry;
  bool require_pinned_refs = false;
  std::string service_release_id;
  Actor actor;
  std::optional<std::int64_t> threads;               ///< for training and scoring; absent: all there are
  std::optional<std::int64_t> publish_retry_budget;  ///< publish-only retries of one run; absent: 3
  std::optional<std::int64_t> stage_retry_budget;    ///< how often one stage of a run may begin; absent: 20
  std::optional<std::string> ownership_boundaries;  ///< a file, relative to the profile's own folder; absent: not asked
  std::optional<Launcher> launcher;                 ///< absent: no jobs are worked off here
  std::optional<EvidenceRefs> evidence_refs;        ///< absent: nobody is denied
  std::optional<Signals> signals;                   ///< absent: told to nobody but who asks
};

/// The word for an installation that works for every platform run.
inline constexpr std::string_view kAnyPlatformRun = "any";

/// Reads a platform profile; `where` names the file, and its ending chooses JSON or YAML. `${NAME}` and
/// `${NAME:-default}` in its texts are replaced from the environment of the process. Beyond the schema: only the
/// environment `local` lies in folders, or leaves required_platform_run_id out. Throws PROFILE_INVALID.
PlatformProfile read_platform_profile(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
