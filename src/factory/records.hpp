#pragma once
// Keeping documents and finding them again, so that nothing that changed since is ever used.

#include <memory>
#include <string>
#include <string_view>

#include "mf/contracts/document.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/ledger/run_state.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// A kind of thing that the ledger vouches for: its name there, and what is raised when it is gone or changed.
struct RecordKind {
  const char* name;
  Code missing;
  Code changed;
  const char* made_by;            ///< the command that makes it
  bool is_protected_ref = false;  ///< whether who resolves it is audited
};

inline constexpr RecordKind kPlan{"plan", Code::EVIDENCE_UNRESOLVED, Code::RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION,
                                  "mf resolve", true};
inline constexpr RecordKind kModel{"model", Code::EVIDENCE_UNRESOLVED, Code::TRAIN_ARTIFACT_IMMUTABILITY_VIOLATION,
                                   "mf train"};
inline constexpr RecordKind kTrainArtifact{"train_artifact", Code::EVIDENCE_UNRESOLVED,
                                           Code::TRAIN_ARTIFACT_IMMUTABILITY_VIOLATION, "mf train"};
inline constexpr RecordKind kExecutionRecord{"execution_record", Code::EVIDENCE_UNRESOLVED,
                                             Code::EXECUTION_RECORD_IMMUTABILITY_VIOLATION, "mf train"};
inline constexpr RecordKind kLeakageCertificate{"leakage_certificate", Code::EVIDENCE_UNRESOLVED,
                                                Code::EVIDENCE_DIGEST_MISMATCH, "mf train"};
inline constexpr RecordKind kScoredRows{"scored_rows", Code::EVIDENCE_UNRESOLVED,
                                        Code::SCORED_ROWS_IMMUTABILITY_VIOLATION, "mf eval"};
inline constexpr RecordKind kExplanations{"explanations", Code::EVIDENCE_UNRESOLVED, Code::EVIDENCE_DIGEST_MISMATCH,
                                          "mf eval"};
inline constexpr RecordKind kEvalReport{"eval_report", Code::EVAL_REPORT_UNRESOLVED,
                                        Code::EVAL_REPORT_IMMUTABILITY_VIOLATION, "mf eval", true};
inline constexpr RecordKind kEvidencePack{"evidence_pack", Code::EVIDENCE_UNRESOLVED,
                                          Code::EVIDENCE_PACK_IMMUTABILITY_VIOLATION, "mf eval"};
inline constexpr RecordKind kTrainEvalReceipt{"train_eval_receipt", Code::EVIDENCE_UNRESOLVED,
                                              Code::TRAIN_EVAL_RECEIPT_IMMUTABILITY_VIOLATION, "mf eval"};
inline constexpr RecordKind kGateReceipt{"gate_receipt", Code::GATE_RECEIPT_UNRESOLVED,
                                         Code::GATE_RECEIPT_IMMUTABILITY_VIOLATION, "mf gate", true};
inline constexpr RecordKind kPublishEligibility{"publish_eligibility", Code::GATE_RECEIPT_UNRESOLVED,
                                                Code::PUBLISH_ELIGIBILITY_IMMUTABILITY_VIOLATION, "mf gate", true};
inline constexpr RecordKind kBundleManifest{"bundle_manifest", Code::EVIDENCE_UNRESOLVED,
                                            Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION, "mf publish"};
inline constexpr RecordKind kBundlePublication{"bundle_publication", Code::EVIDENCE_UNRESOLVED,
                                               Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION, "mf publish"};
inline constexpr RecordKind kBundleSubmission{"bundle_submission", Code::EVIDENCE_UNRESOLVED,
                                              Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION, "mf publish"};
inline constexpr RecordKind kPublishFailure{"publish_failure", Code::EVIDENCE_UNRESOLVED,
                                            Code::PUBLISH_RECEIPT_IMMUTABILITY_VIOLATION, "mf publish"};
inline constexpr RecordKind kPublishReceipt{"publish_receipt", Code::EVIDENCE_UNRESOLVED,
                                            Code::PUBLISH_RECEIPT_IMMUTABILITY_VIOLATION, "mf publish"};

/// What the log says of `kind`. Throws STAGE_MISSING, naming the command to run, when it says nothing.
const ledger::Recorded& require_recorded(const ledger::RunState& state, const RecordKind& kind, const std::string& run);

/// The bytes of a document that the log vouches for. Throws kind.missing or kind.changed.
std::string recorded_bytes(const store::ArtifactStore& store, const ledger::RunState& state, const RecordKind& kind,
                           const std::string& run);

/// The same for a record by itself, whatever the log says of its kind now.
std::string recorded_bytes(const store::ArtifactStore& store, const ledger::Recorded& record, const RecordKind& kind,
                           const std::string& run);

/// The model that the log vouches for, of any size. Throws as recorded_bytes, before what was changed is held.
std::string recorded_model(const store::ArtifactStore& store, const ledger::RunState& state, const std::string& run);

/// The bytes that the log names, as a stream not yet held against their digest. Throws kind.missing.
std::unique_ptr<store::Source> open_recorded(const store::ArtifactStore& store, const ledger::RunState& state,
                                             const RecordKind& kind, const std::string& run);

/// Checks bytes that the log vouches for without holding them. Throws kind.missing or kind.changed.
void require_unchanged(const store::ArtifactStore& store, const ledger::RunState& state, const RecordKind& kind,
                       const std::string& run);

/// The same for a record by itself; returns how many bytes there are.
std::uint64_t require_unchanged(const store::ArtifactStore& store, const ledger::Recorded& record,
                                const RecordKind& kind, const std::string& run);

/// The document that the log vouches for.
template <class T>
T recorded(const store::ArtifactStore& store, const ledger::RunState& state, const RecordKind& kind,
           const std::string& run) {
  return contracts::read_json<T>(recorded_bytes(store, state, kind, run), require_recorded(state, kind, run).ref);
}

/// A document as it now stands in the store.
template <class T>
struct Kept {
  T document;  ///< the one that stands: an earlier one, if it differs only by circumstance
  std::string ref;
  std::string sha256;  ///< of its bytes
};

/// Raises `changed` for `key`, which holds something else than what would be written now.
[[noreturn]] void refuse_drift(Code changed, const std::string& key);

/// Keeps `document` under `key`. What an earlier attempt left there stands if it differs only by circumstance.
/// Throws kind.changed when it says something else.
template <class T>
Kept<T> keep(store::ArtifactStore& store, const std::string& key, const T& document, const RecordKind& kind) {
  const std::string bytes = contracts::write(document);
  if (store.put_if_absent(key, bytes) != store::ArtifactStore::Put::conflict)
    return {document, key, identity::sha256_hex(bytes)};
  std::string standing;
  T earlier;
  bool agrees = false;
  try {
    standing = store.find(key).value_or("");
    earlier = contracts::read_json<T>(standing, key);
    // Bytes that MF does not write were cut or edited, even where they still say the same.
    agrees = contracts::write(earlier) == standing &&
             contracts::content_digest(earlier) == contracts::content_digest(document);
  } catch (const Error& error) {
    if (error.row().transient()) throw;
  }
  if (!agrees) refuse_drift(kind.changed, key);
  return {earlier, key, identity::sha256_hex(standing)};
}

/// Keeps bytes under a key made from their own digest: a conflict means that the file there was changed.
void keep_bytes(store::ArtifactStore& store, const std::string& key, std::string_view bytes, const RecordKind& kind);
void keep_bytes(store::ArtifactStore& store, const std::string& key, const store::RandomAccess& bytes,
                const RecordKind& kind);

/// Adds `<name>_ref` and `<name>_sha256` to an event's detail: from then on the log vouches for it.
void vouch(ledger::Detail& detail, const RecordKind& kind, const std::string& ref, const std::string& sha256);

}  // namespace mf::factory
