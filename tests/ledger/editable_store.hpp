#pragma once
// A store in memory that can be edited behind the ledger's back, and marks what it holds.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mf/store/artifact_store.hpp"

namespace mf::testing {

class EditableStore : public store::ArtifactStore {
 public:
  Put put_if_absent(const std::string& key, std::string_view bytes) override {
    const std::scoped_lock lock(mutex_);
    if (const auto there = files_.find(key); there != files_.end())
      return there->second.bytes == bytes ? Put::identical : Put::conflict;
    files_[key] = {std::string(bytes), ++changes_};
    touch_folder(key);
    return Put::created;
  }
  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t) const override {
    const std::scoped_lock lock(mutex_);
    ++finds_;
    const auto file = files_.find(key);
    return file == files_.end() ? std::nullopt : std::optional(file->second.bytes);
  }
  [[nodiscard]] std::unique_ptr<store::Source> open(const std::string&) const override { return nullptr; }
  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string&) const override { return {}; }
  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> keys;
    for (const auto& [key, file] : files_)
      if (key.starts_with(prefix + "/")) keys.push_back(key);
    return keys;
  }
  [[nodiscard]] std::vector<store::Mark> marks(const std::vector<std::string>& keys) const override {
    const std::scoped_lock lock(mutex_);
    std::vector<store::Mark> marks;
    for (const auto& key : keys) marks.push_back(mark_of(key));
    return marks;
  }
  [[nodiscard]] std::string describe() const override { return "editable"; }

  /// Changes the bytes where they lie.
  void edit(const std::string& key, const std::string& bytes) { files_.at(key) = {bytes, ++changes_}; }
  /// Puts another file in its place.
  void exchange(const std::string& key, const std::string& bytes) {
    edit(key, bytes);
    touch_folder(key);
  }
  void remove(const std::string& key) {
    files_.erase(key);
    touch_folder(key);
  }
  /// Another store in the same place.
  void become(const EditableStore& other) {
    for (const auto& [key, file] : files_) touch_folder(key);
    files_ = other.files_;
    for (auto& [key, file] : files_) {
      file.changed = ++changes_;
      touch_folder(key);
    }
  }
  void give_no_marks() { marking_ = false; }

  [[nodiscard]] int finds() const { return finds_; }

 private:
  struct File {
    std::string bytes;
    std::int64_t changed = 0;
  };

  void touch_folder(const std::string& key) { folders_[key.substr(0, key.rfind('/'))] = ++changes_; }

  [[nodiscard]] store::Mark mark_of(const std::string& key) const {
    if (!marking_) return {};
    if (const auto file = files_.find(key); file != files_.end()) return std::to_string(file->second.changed);
    const auto folder = folders_.find(key);
    return folder == folders_.end() ? "" : std::to_string(folder->second);
  }

  mutable std::mutex mutex_;
  mutable int finds_ = 0;
  std::map<std::string, File> files_;
  std::map<std::string, std::int64_t> folders_;
  std::int64_t changes_ = 0;
  bool marking_ = true;
};

}  // namespace mf::testing
