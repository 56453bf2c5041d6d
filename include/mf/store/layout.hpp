#pragma once
// Every place in the store and the registry. No other file spells a path.
//
// Room: store.  Keys are relative to the root of the object store, or (in namespace registry) of the registry.
// docs/formats/layout.md shows the tree.

#include <cstdint>
#include <string>
#include <string_view>

namespace mf::store::layout {

/// A run, as far as places are concerned.
struct RunPlace {
  std::string platform_run_id;
  std::string run_key;
};

// Across platform runs: how a run id or a request id alone leads to a run.
std::string run_anchor(std::string_view run_key);
std::string run_anchors();
std::string request_alias(std::string_view request_id);
std::string request_aliases();

// Jobs: what is asked and how it ended, under an id that may be a segment of a key; and the platform runs that have
// any.
std::string job_request(std::string_view platform_run_id, std::string_view request_id);
std::string job_requests(std::string_view platform_run_id);
std::string job_invocation(std::string_view platform_run_id, std::string_view request_id);
std::string job_invocations(std::string_view platform_run_id);
std::string job_scope(std::string_view platform_run_id);
std::string job_scopes();

// A request that has no run: under its id, by the SHA-256 of its bytes, of which the first 32 digits are taken.
std::string request_rejection(std::string_view request_id, std::string_view request_sha256);
std::string request_rejections();

// Inputs.
std::string materialization(std::string_view platform_run_id, std::string_view dataset_manifest_id);
std::string dataset_file(std::string_view platform_run_id, std::string_view dataset_manifest_id, std::string_view name);
std::string dataset_manifest(std::string_view platform_run_id, std::string_view dataset_manifest_id);

// A run.
std::string run_folder(const RunPlace& run);
std::string ledger_event(const RunPlace& run, std::int64_t sequence);
std::string ledger_events(const RunPlace& run);
std::string ledger_seal(const RunPlace& run);
std::string ledger(const RunPlace& run);
std::string resolved_train_plan(const RunPlace& run);
std::string execution_record(const RunPlace& run);
std::string train_artifact(const RunPlace& run);
std::string leakage_certificate(const RunPlace& run);
std::string explanations(const RunPlace& run);
std::string model(const RunPlace& run, std::string_view sha256);
std::string scored_rows(const RunPlace& run, std::string_view sha256);
std::string eval_report(const RunPlace& run, std::string_view eval_report_id);
std::string evidence_pack(const RunPlace& run);
std::string train_eval_receipt(const RunPlace& run);
std::string gate_receipt(const RunPlace& run);
std::string publish_eligibility(const RunPlace& run);
std::string bundle_member(const RunPlace& run, std::string_view path);
std::string publish_handshake_receipt(const RunPlace& run);
std::string publish_failure_receipt(const RunPlace& run, std::int64_t attempt);

// A bundle's own files, by the names they have in every copy of it.
inline constexpr std::string_view kModelFile = "model.ubj";
inline constexpr std::string_view kScoringContractFile = "scoring_contract.json";
inline constexpr std::string_view kEvalReportFile = "eval_report.json";
inline constexpr std::string_view kGateReceiptFile = "gate_receipt.json";
inline constexpr std::string_view kBundleManifestFile = "bundle_manifest.json";
inline constexpr std::string_view kBundleSubmissionFile = "submission.json";
inline constexpr std::string_view kBundlePublicationFile = "bundle_publication.json";

namespace registry {
std::string bundle_member(std::string_view bundle_id, std::string_view bundle_version, std::string_view path);
std::string published_event(std::string_view bundle_id, std::string_view bundle_version);
}  // namespace registry

// Proofs, each under the first 32 digits of its content digest.
std::string continuity_proof(const RunPlace& run, std::string_view content_digest);
std::string continuity_proofs(const RunPlace& run);
std::string negative_proof(std::string_view content_digest);

/// Where `mf doctor` leaves its probe, in either root.
std::string doctor_probe();

/// Where a store finds out whether its server creates without replacing.
std::string condition_probe();

}  // namespace mf::store::layout
