#include "mf/store/scratch_store.hpp"

#include <map>
#include <mutex>

#include "mf/error.hpp"
#include "mf/store/scratch_file.hpp"
#include "store/key.hpp"

namespace mf::store {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

/// Written whole before anybody sees it; it outlives the store for as long as somebody reads.
using File = std::shared_ptr<const ScratchFile>;

class FileSource : public Source {
 public:
  explicit FileSource(File file) : file_(std::move(file)) {}

  std::size_t read(std::span<char> room) override {
    const std::size_t got = file_->read_at(at_, room);
    at_ += got;
    return got;
  }

 private:
  File file_;
  std::uint64_t at_ = 0;
};

class FileAccess : public RandomAccess {
 public:
  explicit FileAccess(File file) : file_(std::move(file)) {}
  [[nodiscard]] std::uint64_t size() const override { return file_->size(); }
  std::size_t read_at(std::uint64_t offset, std::span<char> room) const override {
    return file_->read_at(offset, room);
  }
  [[nodiscard]] bool unchanged() const override { return true; }

 private:
  File file_;
};

/// Calls `take` with piece after piece, for as long as it returns true.
template <class Take>
bool every_piece(const RandomAccess& bytes, Take take) {
  std::string piece(kPiece, '\0');
  for (std::uint64_t at = 0; at < bytes.size(); at += kPiece)
    if (!take(at, std::string_view(piece.data(), bytes.read_at(at, piece)))) return false;
  return true;
}

bool are_same(const RandomAccess& a, const RandomAccess& b) {
  std::string piece(kPiece, '\0');
  return a.size() == b.size() && every_piece(a, [&](std::uint64_t at, std::string_view of_a) {
           return of_a == std::string_view(piece.data(), b.read_at(at, piece));
         });
}

class ScratchStore : public ArtifactStore {
 public:
  explicit ScratchStore(std::string folder) : folder_(std::move(folder)) {}

  Put put_if_absent(const std::string& key, std::string_view bytes) override {
    return copy_if_absent(key, *access_to(bytes));
  }

  Put copy_if_absent(const std::string& key, const RandomAccess& bytes) override {
    if (const auto standing = file_of(key)) return are_same(*standing, bytes) ? Put::identical : Put::conflict;
    const auto file = std::make_shared<ScratchFile>(folder_);
    every_piece(bytes, [&](std::uint64_t /*at*/, std::string_view piece) {
      file->append(piece);
      return true;
    });
    if (file->size() != bytes.size())
      throw Error(Code::STORE_UNAVAILABLE, "writing " + key + ": the bytes to write ended early", {{"key", key}});
    const auto [place, created] = keep(key, file);
    if (created) return Put::created;
    return are_same(*place, bytes) ? Put::identical : Put::conflict;
  }

  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override {
    const auto file = file_of(key);
    if (!file) return {};
    if (file->size() > limit) throw Error(Code::DOCUMENT_INVALID, key + " is larger than its limit", {{"key", key}});
    std::string bytes(file->size(), '\0');
    file->read(0, bytes);
    return bytes;
  }

  [[nodiscard]] std::unique_ptr<Source> open(const std::string& key) const override {
    auto file = file_of(key);
    return file ? std::make_unique<FileSource>(std::move(file)) : nullptr;
  }

  [[nodiscard]] std::unique_ptr<RandomAccess> open_random(const std::string& key) const override {
    auto file = file_of(key);
    return file ? std::make_unique<FileAccess>(std::move(file)) : nullptr;
  }

  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override {
    const auto file = file_of(key);
    return file ? std::optional(file->size()) : std::nullopt;
  }

  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override {
    require_key(prefix);
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> keys;
    for (const auto& [key, file] : files_)
      if (key.starts_with(prefix + "/")) keys.push_back(key);
    return keys;
  }

  [[nodiscard]] std::string describe() const override { return "scratch files in " + folder_; }

 private:
  [[nodiscard]] File file_of(const std::string& key) const {
    require_key(key);
    const std::scoped_lock lock(mutex_);
    const auto place = files_.find(key);
    return place == files_.end() ? nullptr : place->second;
  }

  /// The file that stands under `key` from now on, and whether it is this one.
  std::pair<File, bool> keep(const std::string& key, const File& file) {
    const std::scoped_lock lock(mutex_);
    const auto [place, created] = files_.try_emplace(key, file);
    return {place->second, created};
  }

  std::string folder_;
  mutable std::mutex mutex_;
  std::map<std::string, File> files_;
};

}  // namespace

std::unique_ptr<ArtifactStore> open_scratch(std::string folder) {
  return std::make_unique<ScratchStore>(std::move(folder));
}

}  // namespace mf::store
