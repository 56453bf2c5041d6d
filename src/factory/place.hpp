#pragma once
// From a place that the platform profile names to the store that is there.

#include <memory>
#include <string>

#include "mf/contracts/platform_profile.hpp"
#include "mf/factory/stop_request.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// A file or folder that the profile at `profile_path` names: a relative one starts at the profile's own folder.
std::string beside(const std::string& profile_path, const std::string& name);

/// The root of a place, for people and for records: a folder, or s3://bucket[/prefix] as it stands.
std::string root_of(const std::string& profile_path, const contracts::PlatformProfile::Place& place);

/// Opens the object store, whose class must fit its root. Who waits for a bucket ends when `stop` asks for it; it may
/// be null, and must outlive the store. Throws PROFILE_INVALID when class, root, endpoint, region and path_style do not
/// fit together, and what open_filesystem and open_s3 throw.
std::unique_ptr<store::ArtifactStore> open_store(const std::string& profile_path,
                                                 const contracts::PlatformProfile::Place& place,
                                                 const StopRequest* stop = nullptr);

/// Opens what a registry of class object_store lies in: its root tells what that is.
std::unique_ptr<store::ArtifactStore> open_registry_root(const std::string& profile_path,
                                                         const contracts::PlatformProfile::Place& place,
                                                         const StopRequest* stop = nullptr);

}  // namespace mf::factory
