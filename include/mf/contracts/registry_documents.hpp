#pragma once
// What publishing leaves behind: the registry's lifecycle event, and MF's receipts of success and failure.
//
// Room: contracts.  docs/formats/registry_lifecycle.v0.md, publish_handshake_receipt.v0.md,
// publish_failure_receipt.v1.md. (c): circumstance.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/platform_profile.hpp"
#include "mf/contracts/train_build_request.hpp"

namespace mf::contracts {

struct RegistryLifecycleEvent {
  struct BundleRef {
    std::string bundle_id, bundle_version, registry_ref;
  };
  struct EvidenceRef {
    std::string ref_type, ref_id;
  };
  std::string schema_version = "learning.registry_lifecycle.v0";
  std::string registry_event_id;
  std::string event_type = "BUNDLE_PUBLISHED";  ///< the only one MF may produce
  TargetScope scope_key;
  BundleRef bundle_ref;
  PlatformProfile::Actor actor;
  std::string ts_utc;  // (c)
  std::vector<EvidenceRef> evidence_refs;
};

struct PublishHandshakeReceipt {
  std::string schema_version = "learning.mf_publish_handshake_receipt.v0";
  std::string run_key, request_id /* (c) */, platform_run_id;
  std::string published_at_utc;    // (c)
  std::string publication_status;  // (c) PUBLISHED, or ALREADY_PUBLISHED when the registry had the bundle before
  std::string bundle_id, bundle_version;
  std::string bundle_publication_ref, registry_bundle_ref, registry_lifecycle_event_ref;
  std::optional<std::string> run_config_digest;  // (c)
};

struct PublishFailureReceipt {
  std::string schema_version = "mf.publish_failure_receipt.v1";
  std::string run_key, platform_run_id;
  std::int64_t attempt = 0;
  std::string failed_at_utc;  // (c)
  std::string code, failure_class;
  std::string message;  // (c): may name places of this installation
  std::string bundle_id, bundle_version;
  std::optional<std::string> run_config_digest;  // (c)
};

}  // namespace mf::contracts
