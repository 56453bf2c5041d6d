#include "mf/store/scratch_store.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>

#include "mf/error.hpp"
#include "mf/store/scratch_file.hpp"
#include "store/key.hpp"

namespace mf::store {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;

/// A stretch of the file, which outlives the store for as long as somebody reads.
struct Stretch {
  std::shared_ptr<const ScratchFile> file;
  std::uint64_t start = 0, size = 0;

  std::size_t read_at(std::uint64_t offset, std::span<char> room) const {
    const auto taken = room.first(std::min<std::uint64_t>(room.size(), size - std::min(offset, size)));
    file->read(start + offset, taken);
    return taken.size();
  }

  [[nodiscard]] bool holds(std::string_view bytes) const {
    if (bytes.size() != size) return false;
    std::string piece(std::min<std::uint64_t>(kPiece, size), '\0');
    for (std::uint64_t at = 0; at < size; at += kPiece)
      if (bytes.substr(at, kPiece) != std::string_view(piece.data(), read_at(at, piece))) return false;
    return true;
  }
};

class StretchSource : public Source {
 public:
  explicit StretchSource(Stretch stretch) : stretch_(std::move(stretch)) {}

  std::size_t read(std::span<char> room) override {
    const std::size_t got = stretch_.read_at(at_, room);
    at_ += got;
    return got;
  }

 private:
  Stretch stretch_;
  std::uint64_t at_ = 0;
};

class StretchAccess : public RandomAccess {
 public:
  explicit StretchAccess(Stretch stretch) : stretch_(std::move(stretch)) {}
  [[nodiscard]] std::uint64_t size() const override { return stretch_.size; }
  std::size_t read_at(std::uint64_t offset, std::span<char> room) const override {
    return stretch_.read_at(offset, room);
  }
  [[nodiscard]] bool unchanged() const override { return true; }

 private:
  Stretch stretch_;
};

class ScratchStore : public ArtifactStore {
 public:
  explicit ScratchStore(const std::string& folder) : file_(std::make_shared<ScratchFile>(folder)) {}

  Put put_if_absent(const std::string& key, std::string_view bytes) override {
    require_key(key);
    const std::scoped_lock lock(mutex_);
    if (const auto place = places_.find(key); place != places_.end())
      return place->second.holds(bytes) ? Put::identical : Put::conflict;
    const std::uint64_t start = file_->size();
    file_->append(bytes);
    places_[key] = {file_, start, bytes.size()};
    return Put::created;
  }

  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override {
    const auto stretch = stretch_of(key);
    if (!stretch) return {};
    if (stretch->size > limit) throw Error(Code::DOCUMENT_INVALID, key + " is larger than its limit", {{"key", key}});
    std::string bytes(stretch->size, '\0');
    stretch->read_at(0, bytes);
    return bytes;
  }

  [[nodiscard]] std::unique_ptr<Source> open(const std::string& key) const override {
    const auto stretch = stretch_of(key);
    return stretch ? std::make_unique<StretchSource>(*stretch) : nullptr;
  }

  [[nodiscard]] std::unique_ptr<RandomAccess> open_random(const std::string& key) const override {
    const auto stretch = stretch_of(key);
    return stretch ? std::make_unique<StretchAccess>(*stretch) : nullptr;
  }

  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override {
    const auto stretch = stretch_of(key);
    return stretch ? std::optional(stretch->size) : std::nullopt;
  }

  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override {
    require_key(prefix);
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> keys;
    for (const auto& [key, stretch] : places_)
      if (key.starts_with(prefix + "/")) keys.push_back(key);
    return keys;
  }

  [[nodiscard]] std::string describe() const override { return "a scratch file"; }

 private:
  [[nodiscard]] std::optional<Stretch> stretch_of(const std::string& key) const {
    require_key(key);
    const std::scoped_lock lock(mutex_);
    const auto place = places_.find(key);
    return place == places_.end() ? std::nullopt : std::optional(place->second);
  }

  std::shared_ptr<ScratchFile> file_;
  mutable std::mutex mutex_;
  std::map<std::string, Stretch> places_;
};

}  // namespace

std::string scratch_folder() {
  if (const char* named = std::getenv("TMPDIR"); named != nullptr && *named != '\0') return named;
  // /tmp may be memory, which is what scratch files save.
  return ::access("/var/tmp", W_OK | X_OK) == 0 ? "/var/tmp" : "/tmp";
}

std::unique_ptr<ArtifactStore> open_scratch(const std::string& folder) {
  return std::make_unique<ScratchStore>(folder);
}

}  // namespace mf::store
