#pragma once
// Immutable bytes by key.
//
// Room: store (the only room that touches POSIX files).  There is no call that replaces or deletes.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mf::store {

/// Bytes that are read from front to back.
class Source {
 public:
  virtual ~Source() = default;
  /// Fills the front of `room` and returns how many bytes it wrote: 0 at the end, and only there.
  /// Throws STORE_UNAVAILABLE when the bytes cannot be read.
  virtual std::size_t read(std::span<char> room) = 0;
};

/// Bytes that are read from anywhere, all through of one artifact. Safe to read from several threads at once.
class RandomAccess {
 public:
  virtual ~RandomAccess() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Fills `room` from `offset` on; less only where the bytes end there. Throws STORE_UNAVAILABLE.
  virtual std::size_t read_at(std::uint64_t offset, std::span<char> room) const = 0;
  /// Whether the bytes are still those that were there at the beginning, as far as the place can tell.
  [[nodiscard]] virtual bool unchanged() const = 0;
};

/// What tells one state of a place from another without reading it: while the mark of an artifact stays the same, its
/// bytes do; while that of a folder does, no name in it came, went or was exchanged. Empty: there is nothing. None:
/// this store cannot tell, or cannot yet, and whoever wants to know has to read.
using Mark = std::optional<std::string>;

/// Keeps immutable artifacts by key. A key is a relative path of segments out of [A-Za-z0-9_.:@+=-], none of them `.`
/// or
/// `..`. Safe to call from several threads and processes at once.
class ArtifactStore {
 public:
  enum class Put { created, identical, conflict };

  virtual ~ArtifactStore() = default;

  /// Stores `bytes` under `key` unless the key is taken. Readers see all of the bytes or nothing, also after a crash;
  /// when it returns created or identical, the bytes survive a power cut.
  /// identical: the same bytes were there already.  conflict: other bytes are there; they stand, nothing was written.
  /// Throws REF_INVALID for a malformed key, REF_OUTSIDE_ROOT when a link leads out of the root, STORE_FULL,
  /// STORE_NOT_PERMITTED or STORE_UNAVAILABLE.
  virtual Put put_if_absent(const std::string& key, std::string_view bytes) = 0;

  /// The same for bytes that may be too many for memory. Unless a store knows better, they are all held there: at most
  /// kArtifactLimit, else DOCUMENT_INVALID.
  virtual Put copy_if_absent(const std::string& key, const RandomAccess& bytes);

  /// The bytes under `key`, or nothing if there are none. At most `limit` bytes: a larger artifact is DOCUMENT_INVALID.
  [[nodiscard]] virtual std::optional<std::string> find(const std::string& key,
                                                        std::size_t limit = kDocumentLimit) const = 0;

  /// The same where `key` is a protected ref, which `what` names: a store that keeps an audit notes who resolved it.
  [[nodiscard]] virtual std::optional<std::string> find_protected(const std::string& key, const std::string& /*what*/,
                                                                  std::size_t limit = kDocumentLimit) const {
    return find(key, limit);
  }

  /// The bytes under `key` as a stream, or nothing if there are none.
  [[nodiscard]] virtual std::unique_ptr<Source> open(const std::string& key) const = 0;

  /// The bytes under `key` for reading here and there, or nothing if there are none. Unless a store knows better, they
  /// are all held in memory: at most kArtifactLimit, else DOCUMENT_INVALID.
  [[nodiscard]] virtual std::unique_ptr<RandomAccess> open_random(const std::string& key) const;

  /// How many bytes are under `key`, or nothing if there is nothing.
  [[nodiscard]] virtual std::optional<std::uint64_t> size_of(const std::string& key) const = 0;

  /// The keys that begin with `prefix` (whole segments: a folder), in byte order.
  [[nodiscard]] virtual std::vector<std::string> list(const std::string& prefix) const = 0;

  /// The names right in the folder `folder`, in byte order: of what lies deeper, the folder that it lies in. Unless a
  /// store knows better, everything below is listed for that.
  [[nodiscard]] virtual std::vector<std::string> names_in(const std::string& folder) const;

  /// The marks of `keys`, one for each, in their order; far cheaper than reading. Never throws for what it finds there.
  [[nodiscard]] virtual std::vector<Mark> marks(const std::vector<std::string>& keys) const {
    return std::vector<Mark>(keys.size());
  }

  /// Where this store is, for people: a path or an address, without secrets.
  [[nodiscard]] virtual std::string describe() const = 0;

  /// The same from wherever it is opened on this machine.
  [[nodiscard]] virtual std::string place() const { return describe(); }

  static constexpr std::size_t kDocumentLimit = std::size_t{4} << 20;  ///< no document is larger
  static constexpr std::size_t kArtifactLimit = std::size_t{8} << 30;  ///< models and scored rows
};

/// `bytes`, which must stay where they are, as a stream.
std::unique_ptr<Source> source_of(std::string_view bytes);

/// `bytes` from front to back, which must outlive it.
std::unique_ptr<Source> source_of(const RandomAccess& bytes);

/// `bytes`, which must stay where they are, for reading here and there.
std::unique_ptr<RandomAccess> access_to(std::string_view bytes);

/// Opens the folder `root` as a store. It must exist: nothing is created but what is put.
/// Throws STORE_UNAVAILABLE when it is not there, STORE_NOT_PERMITTED when it may not be read.
std::unique_ptr<ArtifactStore> open_filesystem(const std::string& root);

/// An empty store in memory: for tests, and for looking before anything is written.
std::unique_ptr<ArtifactStore> open_memory();

}  // namespace mf::store
