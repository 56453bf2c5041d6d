#include "factory/contents.hpp"

#include "mf/contracts/bundle_documents.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/explanations.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/leakage_certificate.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::factory {
namespace {

struct Row {
  const RecordKind& kind;
  std::string (*text)(const std::string& bytes, const std::string& ref);  ///< none: the bytes are what counts
};

template <class T>
std::string text_of(const std::string& bytes, const std::string& ref) {
  return contracts::write_content(contracts::read_json<T>(bytes, ref));
}

constexpr Row kRows[] = {
    {kModel, nullptr},
    {kTrainArtifact, text_of<contracts::TrainArtifact>},
    {kExecutionRecord, text_of<contracts::ExecutionRecord>},
    {kLeakageCertificate, text_of<contracts::LeakageCertificate>},
    {kScoredRows, nullptr},
    {kExplanations, text_of<contracts::Explanations>},
    {kEvalReport, text_of<contracts::EvalReport>},
    {kEvidencePack, text_of<contracts::EvidencePack>},
    {kTrainEvalReceipt, text_of<contracts::TrainEvalReceipt>},
    {kGateReceipt, text_of<contracts::GateReceipt>},
    {kPublishEligibility, text_of<contracts::PublishEligibility>},
    {kBundleManifest, text_of<contracts::BundleManifest>},
    {kBundleSubmission, text_of<contracts::BundleSubmission>},
    {kBundlePublication, text_of<contracts::BundlePublication>},
};

Content content_of(const store::ArtifactStore& store, const ledger::RunState& state, const Row& row,
                   const std::string& run) {
  const auto& record = require_recorded(state, row.kind, run);
  if (row.text == nullptr) return {&row.kind, record, "", record.sha256};
  const std::string text = row.text(recorded_bytes(store, state, row.kind, run), record.ref);
  return {&row.kind, record, text, identity::sha256_hex(text)};
}

}  // namespace

std::vector<Content> contents_of(const store::ArtifactStore& store, const ledger::RunState& state,
                                 const std::string& run) {
  std::vector<Content> contents;
  for (const auto& row : kRows)
    if (state.find(row.kind.name) != nullptr) contents.push_back(content_of(store, state, row, run));
  return contents;
}

}  // namespace mf::factory
