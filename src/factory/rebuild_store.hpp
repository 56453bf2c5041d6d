#pragma once
// The store as a rebuild sees it: the inputs as they are, and the run's own folder as if the run had never been.

#include "mf/store/artifact_store.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

/// What lies in the folder of `run` is put into `rebuilt` and read from there; everything else is read from `inputs`,
/// where nothing is ever put. Both must outlive it.
class RebuildStore : public store::ArtifactStore {
 public:
  RebuildStore(const store::ArtifactStore& inputs, store::ArtifactStore& rebuilt, const store::layout::RunPlace& run)
      : inputs_(inputs), rebuilt_(rebuilt), folder_(store::layout::run_folder(run) + "/") {}

  /// Throws INTERNAL for a key outside the run's folder.
  Put put_if_absent(const std::string& key, std::string_view bytes) override;
  Put copy_if_absent(const std::string& key, const store::RandomAccess& bytes) override;
  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override;
  [[nodiscard]] std::optional<std::string> find_protected(const std::string& key, const std::string& what,
                                                          std::size_t limit) const override;
  [[nodiscard]] std::unique_ptr<store::Source> open(const std::string& key) const override;
  [[nodiscard]] std::unique_ptr<store::RandomAccess> open_random(const std::string& key) const override;
  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override;
  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override;
  [[nodiscard]] std::string describe() const override { return inputs_.describe(); }

 private:
  void require_own(const std::string& key) const;

  [[nodiscard]] const store::ArtifactStore& place_of(const std::string& key) const {
    return key.starts_with(folder_) ? rebuilt_ : inputs_;
  }

  const store::ArtifactStore& inputs_;
  store::ArtifactStore& rebuilt_;
  std::string folder_;
};

}  // namespace mf::factory
