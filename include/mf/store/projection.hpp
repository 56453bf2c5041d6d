#pragma once
// Files for others, outside the store: made of what the store holds, so that they may be lost, and are made again.
//
// Room: store.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mf::store {

/// Whether the file `path` holds exactly `bytes`.
bool holds(const std::string& path, std::string_view bytes);

/// Makes `bytes` the whole of the file `path`; nobody ever sees half of it. Returns 0, or the errno of what kept it
/// from that. Two processes that do so at once need a Projection.
[[nodiscard]] int replace_file(const std::string& path, std::string_view bytes);

/// A folder that one process at a time writes into, for as long as this lives. Where a file system cannot lock, the
/// last one to write wins. Every call returns 0, or the errno of what kept it from what it was to do.
class Projection {
 public:
  explicit Projection(std::string folder);
  ~Projection();
  Projection(const Projection&) = delete;
  Projection& operator=(const Projection&) = delete;

  /// Makes the folder where it is not there, and waits until no other process has it, some seconds at most.
  [[nodiscard]] int open();

  /// The file `name`, a path below the folder, replaced as a whole unless it holds `bytes` already.
  [[nodiscard]] int put(const std::string& name, std::string_view bytes) const;

  /// A file of `bytes` under each of `names` in the folder `below`; what is there already stands.
  [[nodiscard]] int put_each(const std::string& below, const std::vector<std::string>& names,
                             std::string_view bytes) const;

 private:
  struct Lock;
  std::string folder_;
  std::unique_ptr<Lock> lock_;
};

}  // namespace mf::store
