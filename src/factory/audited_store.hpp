#pragma once
// The object store, with every resolution of a protected ref noted.

#include <memory>

#include "factory/evidence_audit.hpp"
#include "mf/store/forwarding_store.hpp"

namespace mf::factory {

/// The store `behind`, asking `audit` before find_protected reads, and telling it after. Throws REF_ACCESS_DENIED where
/// that denies; for all else as `behind`.
class AuditedStore : public store::ForwardingStore {
 public:
  AuditedStore(std::unique_ptr<store::ArtifactStore> behind, std::shared_ptr<EvidenceAudit> audit)
      : ForwardingStore(*behind), owned_(std::move(behind)), audit_(std::move(audit)) {}

  [[nodiscard]] std::optional<std::string> find_protected(const std::string& key, const std::string& what,
                                                          std::size_t limit) const override;

 private:
  std::unique_ptr<store::ArtifactStore> owned_;
  std::shared_ptr<EvidenceAudit> audit_;
};

}  // namespace mf::factory
