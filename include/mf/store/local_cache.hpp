#pragma once
// Files of this user on this machine that save time, and may be lost at any moment.
//
// Room: store.

#include <optional>
#include <string>
#include <string_view>

namespace mf::store {

/// A folder of small files that are replaced as a whole: a reader sees an old or a new one, or, after a power cut,
/// neither. Nothing here throws: what cannot be read is not there, and what cannot be written is not kept.
/// Safe to use from several processes at once.
class LocalCache {
 public:
  /// The folder is made, for its user alone, when something is first written.
  explicit LocalCache(std::string folder) : folder_(std::move(folder)) {}

  /// The file `name`, a plain file name, or nothing.
  [[nodiscard]] std::optional<std::string> read(const std::string& name) const;

  /// Replaces the file `name`, unless another process is just replacing it.
  void write(const std::string& name, std::string_view bytes) const;

 private:
  std::string folder_;
};

/// The cache of Model Factory: $XDG_CACHE_HOME/mf, else $HOME/.cache/mf; nothing where neither variable holds an
/// absolute path.
std::optional<LocalCache> open_local_cache();

}  // namespace mf::store
