#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "mf/error.hpp"
#include "mf/store/artifact_store.hpp"
#include "store/key.hpp"

namespace mf::store {
namespace {

class ViewSource : public Source {
 public:
  explicit ViewSource(std::string_view bytes) : rest_(bytes) {}

  std::size_t read(std::span<char> room) override {
    const std::string_view taken = rest_.substr(0, room.size());
    std::copy(taken.begin(), taken.end(), room.begin());
    rest_.remove_prefix(taken.size());
    return taken.size();
  }

 private:
  std::string_view rest_;
};

/// Owns what it reads from.
class StringSource : public Source {
 public:
  explicit StringSource(std::string bytes) : bytes_(std::move(bytes)), view_(bytes_) {}
  std::size_t read(std::span<char> room) override { return view_.read(room); }

 private:
  std::string bytes_;
  ViewSource view_;
};

class ViewAccess : public RandomAccess {
 public:
  explicit ViewAccess(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  std::size_t read_at(std::uint64_t offset, std::span<char> room) const override {
    const auto taken = bytes_.substr(std::min<std::uint64_t>(offset, bytes_.size()), room.size());
    std::copy(taken.begin(), taken.end(), room.begin());
    return taken.size();
  }
  [[nodiscard]] bool unchanged() const override { return true; }

 private:
  std::string_view bytes_;
};

/// Owns what is read from it, and nobody else has it.
class HeldBytes : public RandomAccess {
 public:
  explicit HeldBytes(std::string bytes) : bytes_(std::move(bytes)), view_(bytes_) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  std::size_t read_at(std::uint64_t offset, std::span<char> room) const override { return view_.read_at(offset, room); }
  [[nodiscard]] bool unchanged() const override { return true; }

 private:
  std::string bytes_;
  ViewAccess view_;
};

class MemoryStore : public ArtifactStore {
 public:
  Put put_if_absent(const std::string& key, std::string_view bytes) override {
    require_key(key);
    const std::scoped_lock lock(mutex_);
    const auto [place, created] = artifacts_.try_emplace(key, bytes);
    if (created) return Put::created;
    return place->second == bytes ? Put::identical : Put::conflict;
  }

  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override {
    require_key(key);
    const std::scoped_lock lock(mutex_);
    const auto place = artifacts_.find(key);
    if (place == artifacts_.end()) return {};
    if (place->second.size() > limit)
      throw Error(Code::DOCUMENT_INVALID, key + " is larger than its limit", {{"key", key}});
    return place->second;
  }

  [[nodiscard]] std::unique_ptr<Source> open(const std::string& key) const override {
    auto bytes = find(key, kArtifactLimit);
    return bytes ? std::make_unique<StringSource>(std::move(*bytes)) : nullptr;
  }

  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override {
    require_key(key);
    const std::scoped_lock lock(mutex_);
    const auto place = artifacts_.find(key);
    return place == artifacts_.end() ? std::nullopt : std::optional<std::uint64_t>(place->second.size());
  }

  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override {
    require_key(prefix);
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> keys;
    for (const auto& [key, bytes] : artifacts_)
      if (key.starts_with(prefix + "/")) keys.push_back(key);
    return keys;
  }

  [[nodiscard]] std::string describe() const override { return "memory"; }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> artifacts_;
};

}  // namespace

std::unique_ptr<Source> source_of(std::string_view bytes) { return std::make_unique<ViewSource>(bytes); }

std::unique_ptr<RandomAccess> access_to(std::string_view bytes) { return std::make_unique<ViewAccess>(bytes); }

ArtifactStore::Put ArtifactStore::copy_if_absent(const std::string& key, const RandomAccess& bytes) {
  if (bytes.size() > kArtifactLimit)
    throw Error(Code::DOCUMENT_INVALID, key + " is larger than its limit", {{"key", key}});
  std::string held(bytes.size(), '\0');
  if (bytes.read_at(0, held) != held.size())
    throw Error(Code::STORE_UNAVAILABLE, "writing " + key + ": the bytes to write ended early", {{"key", key}});
  return put_if_absent(key, held);
}

std::vector<std::string> ArtifactStore::names_in(const std::string& folder) const {
  std::set<std::string> names;
  for (const auto& key : list(folder)) {
    const std::string rest = key.substr(folder.size() + 1);
    names.insert(rest.substr(0, rest.find('/')));
  }
  return {names.begin(), names.end()};
}

std::unique_ptr<RandomAccess> ArtifactStore::open_random(const std::string& key) const {
  auto bytes = find(key, kArtifactLimit);
  return bytes ? std::make_unique<HeldBytes>(std::move(*bytes)) : nullptr;
}

std::unique_ptr<ArtifactStore> open_memory() { return std::make_unique<MemoryStore>(); }

}  // namespace mf::store
