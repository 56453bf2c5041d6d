#pragma once
// Where the stories work: store, registry, clock and journal, as the platform profile says.
//
// Room: factory.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mf/contracts/platform_profile.hpp"
#include "mf/factory/stop_request.hpp"
#include "mf/observability/journal.hpp"
#include "mf/store/artifact_store.hpp"
#include "mf/store/local_cache.hpp"
#include "mf/time.hpp"

namespace mf::factory {

struct PreparedDataset;
class EvidenceAudit;

/// Everything a story needs of the outside. Stories never look elsewhere.
struct Workshop {
  contracts::PlatformProfile profile;
  std::string profile_path;       ///< where the profile was read from, for messages
  std::string run_config_digest;  ///< of the configuration in force; circumstance
  int threads = 1;                ///< wiring: never changes a byte
  std::unique_ptr<store::ArtifactStore> artifacts;
  std::string scratch_folder;  ///< where rows lie that have no room in memory, in files without names
  std::string registry_root;   ///< opened to publish, and where a profile names a bundle
  const Clock& clock;
  observability::Journal& journal;
  std::shared_ptr<const PreparedDataset> prepared;  ///< rows this process has read and verified, for the next story
  std::optional<store::LocalCache> cache;           ///< may be lost; none where this user has no place for one
  StopRequest* stop = nullptr;                      ///< looked at while a stage is at work; null where nobody can ask
  std::shared_ptr<EvidenceAudit> audit = nullptr;   ///< of what `artifacts` reads; null where nobody keeps one
};

/// Opens the workshop that the profile at `path` describes. Relative roots start at the profile's own folder.
/// `stop` must outlive it; null where nobody can ask.
/// Protected refs are read through an audit, which every stage records with its events.
/// Throws PROFILE_MISSING, PROFILE_INVALID, FILE_NOT_READABLE or FILE_UNAVAILABLE for the profile, STORE_UNAVAILABLE or
/// STORE_NOT_PERMITTED for the store.
Workshop open_workshop(const std::string& path, const Clock& clock, observability::Journal& journal,
                       StopRequest* stop = nullptr);

/// Opens the registry. Throws REGISTRY_UNAVAILABLE when it cannot be reached, STORE_NOT_PERMITTED when it may not be
/// read.
std::unique_ptr<store::ArtifactStore> open_registry(const Workshop& workshop);

}  // namespace mf::factory
