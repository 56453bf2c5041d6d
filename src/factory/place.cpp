#include "factory/place.hpp"

#include <filesystem>

#include "mf/error.hpp"
#include "mf/store/s3.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;
using Place = contracts::PlatformProfile::Place;

bool is_in_a_bucket(const Place& place) { return place.root.starts_with("s3://"); }

[[noreturn]] void refuse(const std::string& profile_path, const Place& place, const std::string& what) {
  throw Error(Code::PROFILE_INVALID, profile_path + ": the root " + place.root + " " + what,
              {{"document", profile_path}, {"root", place.root}},
              "A folder needs only root; s3://bucket/prefix needs endpoint, region and path_style too.");
}

store::S3Patience patience_of(const Place& place) {
  store::S3Patience patience;
  if (place.attempts) patience.attempts = static_cast<int>(*place.attempts);
  if (place.silence_seconds) patience.silence = std::chrono::seconds(*place.silence_seconds);
  patience.connect = std::min(patience.connect, patience.silence);
  return patience;
}

std::unique_ptr<store::ArtifactStore> open_bucket(const std::string& profile_path, const Place& place,
                                                  const StopRequest* stop) {
  if (!place.endpoint || !place.region || !place.path_style)
    refuse(profile_path, place, "needs an endpoint, a region and a path_style");
  return store::open_s3(store::s3_place(place.root, *place.endpoint, *place.region, *place.path_style),
                        patience_of(place), [stop] { return stop != nullptr && stop->signal != 0; });
}

std::unique_ptr<store::ArtifactStore> open_folder(const std::string& profile_path, const Place& place) {
  if (place.endpoint || place.region || place.path_style || place.attempts || place.silence_seconds)
    refuse(profile_path, place, "is a folder, which has no endpoint, region, path_style, attempts or silence_seconds");
  return store::open_filesystem(beside(profile_path, place.root));
}

}  // namespace

std::string beside(const std::string& profile_path, const std::string& name) {
  const fs::path place(name);
  return place.is_absolute() ? place.string()
                             : (fs::path(profile_path).parent_path() / place).lexically_normal().string();
}

std::string root_of(const std::string& profile_path, const Place& place) {
  return is_in_a_bucket(place) ? place.root : beside(profile_path, place.root);
}

std::unique_ptr<store::ArtifactStore> open_store(const std::string& profile_path, const Place& place,
                                                 const StopRequest* stop) {
  if ((place.klass == "s3") != is_in_a_bucket(place)) refuse(profile_path, place, "is none of class " + place.klass);
  return open_registry_root(profile_path, place, stop);
}

std::unique_ptr<store::ArtifactStore> open_registry_root(const std::string& profile_path, const Place& place,
                                                         const StopRequest* stop) {
  return is_in_a_bucket(place) ? open_bucket(profile_path, place, stop) : open_folder(profile_path, place);
}

}  // namespace mf::factory
