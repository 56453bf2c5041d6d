#pragma once
// A store that fails when a test says so.

#include <memory>
#include <string>

#include "mf/error.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::testing {

/// Works until `puts` artifacts have been put, then fails every call with `code`.
class FailingStore : public store::ArtifactStore {
 public:
  FailingStore(store::ArtifactStore& behind, int puts, Code code) : behind_(behind), puts_left_(puts), code_(code) {}

  Put put_if_absent(const std::string& key, std::string_view bytes) override {
    require_working();
    --puts_left_;
    return behind_.put_if_absent(key, bytes);
  }
  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override {
    require_working();
    return behind_.find(key, limit);
  }
  [[nodiscard]] std::unique_ptr<store::Source> open(const std::string& key) const override {
    require_working();
    return behind_.open(key);
  }
  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override {
    require_working();
    return behind_.size_of(key);
  }
  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override {
    require_working();
    return behind_.list(prefix);
  }
  [[nodiscard]] std::string describe() const override { return "failing"; }

 private:
  void require_working() const {
    if (puts_left_ <= 0) throw Error(code_, "the store is away");
  }

  store::ArtifactStore& behind_;
  int puts_left_;
  Code code_;
};

}  // namespace mf::testing
