#include <nlohmann/json.hpp>

#include "factory/negative_matrix.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/gate_documents.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;
using Act = std::function<Result(const NegativePlace&)>;

/// What the phase that uses it next says of it when it is gone or changed.
struct Used {
  const RecordKind& kind;
  const char* words;
  const char* phase;
  Come from;
  NegativePlace::Story next;
};

constexpr Used kUsed[] = {
    {kPlan, "the plan", "evidence", Come::resolved, train},
    {kModel, "the model", "evidence", Come::trained, evaluate},
    {kTrainArtifact, "the train artifact", "evidence", Come::trained, evaluate},
    {kExecutionRecord, "the execution record", "evidence", Come::trained, evaluate},
    {kLeakageCertificate, "the leakage certificate", "evidence", Come::trained, evaluate},
    {kScoredRows, "the scored rows", "evidence", Come::evaluated, judge},
    {kEvalReport, "the EvalReport", "evidence", Come::evaluated, judge},
    {kEvidencePack, "the evidence pack", "evidence", Come::evaluated, judge},
    {kTrainEvalReceipt, "the train/eval receipt", "evidence", Come::evaluated, judge},
    {kGateReceipt, "the gate receipt", "gate", Come::judged, publish},
    {kPublishEligibility, "the publish eligibility", "gate", Come::judged, publish},
};

NegativeCase changed(const Used& used) {
  return refused(std::string(used.words) + " was changed", used.phase, used.kind.changed, used.from,
                 [used](const NegativePlace& place) {
                   place.change_one_digit(place.recorded(used.kind));
                   return place.tell(used.next);
                 });
}

NegativeCase missing(const Used& used) {
  return refused(std::string(used.words) + " was taken away", used.phase, used.kind.missing, used.from,
                 [used](const NegativePlace& place) {
                   place.remove(place.recorded(used.kind));
                   return place.tell(used.next);
                 });
}

// A forger who rewrites the log too, so that every digest in it is right again.

template <class T>
std::string content_digest_of(const NegativePlace& place, const std::string& file) {
  return contracts::content_digest(contracts::read_json<T>(place.read(file), file));
}

/// The report says something else, and the evidence pack vouches for it.
Act forged_report(NegativePlace::Change change, bool with_pack) {
  return [change = std::move(change), with_pack](const NegativePlace& place) {
    place.forge([&](const NegativePlace& forged) {
      const auto report = forged.recorded(kEvalReport);
      const auto pack = forged.recorded(kEvidencePack);
      forged.edit(report, change);
      if (!with_pack) return;
      const auto digest = content_digest_of<contracts::EvalReport>(forged, report);
      forged.edit(pack, [&](json& said) { said["digests"]["eval_report"] = digest; });
    });
    return place.tell(judge);
  };
}

/// A verdict that was given on another model.
Result forged_verdict(const NegativePlace& place) {
  place.forge([](const NegativePlace& forged) {
    const auto receipt = forged.recorded(kGateReceipt);
    const auto eligibility = forged.recorded(kPublishEligibility);
    forged.edit(receipt, [](json& said) { said["evidence_digests"]["model"] = std::string(64, '0'); });
    const auto digest = content_digest_of<contracts::GateReceipt>(forged, receipt);
    forged.edit(eligibility, [&](json& said) { said["gate_receipt_digest"] = digest; });
  });
  return place.tell(publish);
}

void better_figures(json& report) { report["metrics"]["parts"]["test"]["figures"]["auc_roc"] = 0.999; }

std::vector<NegativeCase> forgeries() {
  const auto from = Come::evaluated;
  return {
      ends_in("a log rewritten without a lie", "evidence", "PASS", from, forged_report([](json&) {}, true)),
      refused("a forged report without its pack", "evidence", Code::EVIDENCE_DIGEST_MISMATCH, from,
              forged_report(better_figures, false)),
      refused("a forged report that lacks its metrics", "evidence", Code::EVAL_REPORT_INVALID, from,
              forged_report([](json& report) { report.erase("metrics"); }, false)),
      refused("a forged figure", "evidence", Code::EVAL_REPORT_MISMATCH, from, forged_report(better_figures, true)),
      refused("a forged decision", "evidence", Code::GATE_DECISION_MISMATCH, from,
              forged_report([](json& report) { report["gate_decision"] = "FAIL"; }, true)),
      refused("a forged verdict", "gate", Code::GATE_INVALID, Come::judged, forged_verdict),
  };
}

}  // namespace

std::vector<NegativeCase> negative_evidence() {
  std::vector<NegativeCase> cases;
  for (const auto& used : kUsed) {
    cases.push_back(changed(used));
    cases.push_back(missing(used));
  }
  for (auto& forgery : forgeries()) cases.push_back(std::move(forgery));
  return cases;
}

}  // namespace mf::factory
