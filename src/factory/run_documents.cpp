#include "factory/run_documents.hpp"

#include <algorithm>

#include "factory/records.hpp"

namespace mf::factory {
namespace {

/// One record, about to be read.
struct Reading {
  const store::ArtifactStore& store;
  const NamedRecord& named;
  const std::string& run;
  RunDocuments& documents;

  template <class T>
  std::uint64_t into(MaybeFound<T>& place, const RecordKind& kind) const {
    const std::string bytes = recorded_bytes(store, named.record, kind, run);
    place = Found<T>{contracts::read_json<T>(bytes, named.record.ref), named.record.ref};
    return bytes.size();
  }

  [[nodiscard]] std::uint64_t only_bytes(const RecordKind& kind) const {
    return require_unchanged(store, named.record, kind, run);
  }

  std::uint64_t into_failures() const {
    MaybeFound<contracts::PublishFailureReceipt> failure;
    const auto bytes = into(failure, kPublishFailure);
    documents.failures.push_back(*failure);
    return bytes;
  }
};

struct Row {
  const char* name;
  std::uint64_t (*read)(const Reading&);
};

/// In the order of the corridor.
constexpr Row kRows[] = {
    {kPlan.name, [](const Reading& r) { return r.into(r.documents.plan, kPlan); }},
    {kExecutionRecord.name, [](const Reading& r) { return r.into(r.documents.execution, kExecutionRecord); }},
    {kTrainArtifact.name, [](const Reading& r) { return r.into(r.documents.artifact, kTrainArtifact); }},
    {kLeakageCertificate.name, [](const Reading& r) { return r.into(r.documents.certificate, kLeakageCertificate); }},
    {kModel.name, [](const Reading& r) { return r.only_bytes(kModel); }},
    {kScoredRows.name, [](const Reading& r) { return r.only_bytes(kScoredRows); }},
    {kExplanations.name, [](const Reading& r) { return r.into(r.documents.explanations, kExplanations); }},
    {kEvalReport.name, [](const Reading& r) { return r.into(r.documents.report, kEvalReport); }},
    {kEvidencePack.name, [](const Reading& r) { return r.into(r.documents.pack, kEvidencePack); }},
    {kTrainEvalReceipt.name, [](const Reading& r) { return r.into(r.documents.receipt, kTrainEvalReceipt); }},
    {kGateReceipt.name, [](const Reading& r) { return r.into(r.documents.gate_receipt, kGateReceipt); }},
    {kPublishEligibility.name, [](const Reading& r) { return r.into(r.documents.eligibility, kPublishEligibility); }},
    {kBundleManifest.name, [](const Reading& r) { return r.into(r.documents.manifest, kBundleManifest); }},
    {kBundleSubmission.name, [](const Reading& r) { return r.into(r.documents.submission, kBundleSubmission); }},
    {kBundlePublication.name, [](const Reading& r) { return r.into(r.documents.publication, kBundlePublication); }},
    {kPublishFailure.name, [](const Reading& r) { return r.into_failures(); }},
    {kPublishReceipt.name, [](const Reading& r) { return r.into(r.documents.handshake, kPublishReceipt); }},
};

/// What this release does not know by name is still held against its digest.
constexpr RecordKind kUnknown{"", Code::EVIDENCE_UNRESOLVED, Code::EVIDENCE_DIGEST_MISMATCH, ""};
constexpr Row kUnknownRow{"", [](const Reading& r) { return r.only_bytes(kUnknown); }};

const Row* row_of(const NamedRecord& named) {
  const auto* row =
      std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) { return named.name == r.name; });
  return row == std::end(kRows) ? &kUnknownRow : row;
}

std::ptrdiff_t place_in_corridor(const NamedRecord& named) {
  const Row* row = row_of(named);
  return row == &kUnknownRow ? std::ssize(kRows) : row - std::begin(kRows);
}

bool is_same(const NamedRecord& a, const NamedRecord& b) {
  return a.name == b.name && a.record.ref == b.record.ref && a.record.sha256 == b.record.sha256;
}

}  // namespace

std::vector<NamedRecord> records_of(const std::vector<contracts::LedgerEvent>& events) {
  std::vector<NamedRecord> records;
  ledger::RunState state;
  for (const auto& event : events) {
    state = ledger::advance(std::move(state), event, identity::sha256_hex(contracts::write(event)));
    for (const auto& [name, record] : state.recorded) {
      const NamedRecord found{name, record};
      if (std::none_of(records.begin(), records.end(), [&](const auto& known) { return is_same(known, found); }))
        records.push_back(found);
    }
  }
  return records;
}

RunDocuments read_documents(Verification& verification, const store::ArtifactStore& store,
                            std::vector<NamedRecord> records, const std::string& run) {
  std::stable_sort(records.begin(), records.end(),
                   [](const auto& a, const auto& b) { return place_in_corridor(a) < place_in_corridor(b); });
  RunDocuments documents;
  for (const auto& named : records)
    verification.check_file(named.name, named.record.ref, ExpectedDigest{named.record.sha256}, [&] {
      return row_of(named)->read({store, named, run, documents});
    });
  return documents;
}

}  // namespace mf::factory
