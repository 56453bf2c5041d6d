#pragma once
// A store in front of another one: what it does not do itself, the other one does.
//
// Room: store.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mf/store/artifact_store.hpp"

namespace mf::store {

/// Hands every call on to the store behind it, which must outlive it.
class ForwardingStore : public ArtifactStore {
 public:
  explicit ForwardingStore(ArtifactStore& behind) : behind_(behind) {}

  Put put_if_absent(const std::string& key, std::string_view bytes) override {
    return behind_.put_if_absent(key, bytes);
  }
  Put copy_if_absent(const std::string& key, const RandomAccess& bytes) override {
    return behind_.copy_if_absent(key, bytes);
  }
  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override {
    return behind_.find(key, limit);
  }
  [[nodiscard]] std::optional<std::string> find_protected(const std::string& key, const std::string& what,
                                                          std::size_t limit) const override {
    return behind_.find_protected(key, what, limit);
  }
  [[nodiscard]] std::unique_ptr<Source> open(const std::string& key) const override { return behind_.open(key); }
  [[nodiscard]] std::unique_ptr<RandomAccess> open_random(const std::string& key) const override {
    return behind_.open_random(key);
  }
  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override {
    return behind_.size_of(key);
  }
  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override { return behind_.list(prefix); }
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) const override {
    return behind_.names_in(folder);
  }
  [[nodiscard]] std::vector<Mark> marks(const std::vector<std::string>& keys) const override {
    return behind_.marks(keys);
  }
  [[nodiscard]] std::string describe() const override { return behind_.describe(); }
  [[nodiscard]] std::string place() const override { return behind_.place(); }

 protected:
  [[nodiscard]] ArtifactStore& behind() const { return behind_; }

 private:
  ArtifactStore& behind_;
};

}  // namespace mf::store
