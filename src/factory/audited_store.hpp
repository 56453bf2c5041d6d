#pragma once
// The object store, with every resolution of a protected ref noted.

#include <memory>

#include "factory/evidence_audit.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// The store `behind`, asking `audit` before find_protected reads, and telling it after. Throws REF_ACCESS_DENIED where
/// that denies; for all else as `behind`.
class AuditedStore : public store::ArtifactStore {
 public:
  AuditedStore(std::unique_ptr<store::ArtifactStore> behind, std::shared_ptr<EvidenceAudit> audit)
      : behind_(std::move(behind)), audit_(std::move(audit)) {}

  Put put_if_absent(const std::string& key, std::string_view bytes) override;
  Put copy_if_absent(const std::string& key, const store::RandomAccess& bytes) override;
  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override;
  [[nodiscard]] std::optional<std::string> find_protected(const std::string& key, const std::string& what,
                                                          std::size_t limit) const override;
  [[nodiscard]] std::unique_ptr<store::Source> open(const std::string& key) const override;
  [[nodiscard]] std::unique_ptr<store::RandomAccess> open_random(const std::string& key) const override;
  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override;
  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override;
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) const override;
  [[nodiscard]] std::vector<store::Mark> marks(const std::vector<std::string>& keys) const override;
  [[nodiscard]] std::string describe() const override;
  [[nodiscard]] std::string place() const override;

 private:
  std::unique_ptr<store::ArtifactStore> behind_;
  std::shared_ptr<EvidenceAudit> audit_;
};

}  // namespace mf::factory
