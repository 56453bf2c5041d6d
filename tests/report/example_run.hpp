#pragma once
// A run out of the examples of the documents' formats.

#include <fstream>
#include <sstream>
#include <string>

#include "mf/contracts/document.hpp"
#include "mf/report/difference.hpp"
#include "mf/report/documents.hpp"

namespace mf::report {

inline std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

template <class T>
T example(const std::string& path) {
  const std::string file = std::string(MF_SOURCE_DIR) + "/schemas/examples/" + path + ".json";
  return contracts::read_json<T>(text_of_file(file), file);
}

inline Documents a_run() {
  Documents run;
  run.run_key = "tr_c3838460c5ba10de800be582b7285ad2";
  run.state = "PUBLISHED";
  run.plan = example<contracts::ResolvedTrainPlan>("resolved_train_plan.v0/valid-demo");
  run.execution = example<contracts::ExecutionRecord>("execution_record.v0/valid-demo");
  run.artifact = example<contracts::TrainArtifact>("train_artifact.v0/valid-demo");
  run.evaluation = example<contracts::EvalReport>("eval_report.v0/valid-intervals-slices-and-baseline");
  run.certificate = example<contracts::LeakageCertificate>("leakage_certificate.v1/valid-demo");
  run.explanations = example<contracts::Explanations>("explanations.v1/valid-demo");
  run.verdict = example<contracts::GateReceipt>("gate_receipt.v0/valid-pass");
  run.bundle = example<contracts::BundleManifest>("bundle_manifest.v1/valid-demo");
  run.records = {{"eval_report", "a/report.json", std::string(64, 'a')}, {"plan", "a/plan.json", std::string(64, 'b')}};
  return run;
}

inline RunFacts facts_of(const Documents& run) {
  RunFacts facts;
  facts.run_key = run.run_key;
  facts.state = run.state;
  facts.plan = run.plan;
  facts.training_profile = R"({"algorithm":{"params":{"eta":0.1}},"revision":"r1"})";
  facts.governance_profile = R"({"criteria":[{"at_least":0.85,"id":"ranking"},{"at_least":0.5,"id":"alerts"}]})";
  facts.execution = run.execution;
  facts.artifact = run.artifact;
  facts.evaluation = run.evaluation;
  facts.verdict = run.verdict;
  return facts;
}

}  // namespace mf::report
