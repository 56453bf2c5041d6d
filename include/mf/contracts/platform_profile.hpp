#pragma once
// mf.platform_profile.v1: where this installation keeps things. Wiring only; nothing in it shapes a model.
//
// Room: contracts.  docs/formats/platform_profile.v1.md.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

  std::string schema_version;
  std::string profile_id;
  std::string environment;
  Place object_store;
  Place registry;
  bool require_pinned_refs = false;
  std::string service_release_id;
  Actor actor;
  std::optional<std::int64_t> threads;               ///< for training and scoring; absent: all there are
  std::optional<std::int64_t> publish_retry_budget;  ///< publish-only retries of one run; absent: 3
  std::optional<std::int64_t> stage_retry_budget;    ///< how often one stage of a run may begin; absent: 20
  std::optional<std::string> ownership_boundaries;  ///< a file, relative to the profile's own folder; absent: not asked
};

/// Reads a platform profile; `where` names the file, and its ending chooses JSON or YAML. Throws PROFILE_INVALID.
PlatformProfile read_platform_profile(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
