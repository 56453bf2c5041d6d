#include "factory/rebuild_store.hpp"

#include "mf/error.hpp"

namespace mf::factory {

void RebuildStore::require_own(const std::string& key) const {
  if (!key.starts_with(folder_))
    throw Error(Code::INTERNAL, "a rebuild would write " + key + " outside its run", {{"key", key}});
}

store::ArtifactStore::Put RebuildStore::put_if_absent(const std::string& key, std::string_view bytes) {
  require_own(key);
  return rebuilt_.put_if_absent(key, bytes);
}

store::ArtifactStore::Put RebuildStore::copy_if_absent(const std::string& key, const store::RandomAccess& bytes) {
  require_own(key);
  return rebuilt_.copy_if_absent(key, bytes);
}

std::optional<std::string> RebuildStore::find(const std::string& key, std::size_t limit) const {
  return place_of(key).find(key, limit);
}

std::optional<std::string> RebuildStore::find_protected(const std::string& key, const std::string& what,
                                                        std::size_t limit) const {
  return place_of(key).find_protected(key, what, limit);
}

std::unique_ptr<store::Source> RebuildStore::open(const std::string& key) const { return place_of(key).open(key); }

std::unique_ptr<store::RandomAccess> RebuildStore::open_random(const std::string& key) const {
  return place_of(key).open_random(key);
}

std::optional<std::uint64_t> RebuildStore::size_of(const std::string& key) const { return place_of(key).size_of(key); }

std::vector<std::string> RebuildStore::list(const std::string& prefix) const {
  return place_of(prefix + "/").list(prefix);
}

}  // namespace mf::factory
