#include "mf/contracts/registry_documents.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, RegistryLifecycleEvent::BundleRef& bundle_ref) {
  visit("bundle_id", bundle_ref.bundle_id);
  visit("bundle_version", bundle_ref.bundle_version);
  visit("registry_ref", bundle_ref.registry_ref);
}

template <class V>
void describe(V& visit, RegistryLifecycleEvent::EvidenceRef& evidence_ref) {
  visit("ref_type", evidence_ref.ref_type);
  visit("ref_id", evidence_ref.ref_id);
}

template <class V>
void describe(V& visit, RegistryLifecycleEvent& event) {
  visit("schema_version", event.schema_version);
  visit("registry_event_id", event.registry_event_id);
  visit("event_type", event.event_type);
  visit("scope_key", event.scope_key);
  visit("bundle_ref", event.bundle_ref);
  visit("actor", event.actor);
  visit("ts_utc", event.ts_utc);
  visit("evidence_refs", event.evidence_refs);
}

template <class V>
void describe(V& visit, PublishHandshakeReceipt& receipt) {
  visit("schema_version", receipt.schema_version);
  visit("run_key", receipt.run_key);
  visit("request_id", receipt.request_id);
  visit("platform_run_id", receipt.platform_run_id);
  visit("published_at_utc", receipt.published_at_utc);
  visit("publication_status", receipt.publication_status);
  visit("bundle_id", receipt.bundle_id);
  visit("bundle_version", receipt.bundle_version);
  visit("bundle_publication_ref", receipt.bundle_publication_ref);
  visit("registry_bundle_ref", receipt.registry_bundle_ref);
  visit("registry_lifecycle_event_ref", receipt.registry_lifecycle_event_ref);
  visit("run_config_digest", receipt.run_config_digest);
}

template <class V>
void describe(V& visit, PublishFailureReceipt& receipt) {
  visit("schema_version", receipt.schema_version);
  visit("run_key", receipt.run_key);
  visit("platform_run_id", receipt.platform_run_id);
  visit("attempt", receipt.attempt);
  visit("failed_at_utc", receipt.failed_at_utc);
  visit("code", receipt.code);
  visit("failure_class", receipt.failure_class);
  visit("message", receipt.message);
  visit("bundle_id", receipt.bundle_id);
  visit("bundle_version", receipt.bundle_version);
  visit("run_config_digest", receipt.run_config_digest);
}

MF_DOCUMENT(RegistryLifecycleEvent)
MF_DOCUMENT(PublishHandshakeReceipt)
MF_DOCUMENT(PublishFailureReceipt)

}  // namespace mf::contracts
