#include "mf/store/layout.hpp"

#include <array>
#include <cstdio>

namespace mf::store::layout {
namespace {

std::string joined(std::initializer_list<std::string_view> segments) {
  std::string key;
  for (const auto segment : segments) {
    if (!key.empty()) key.push_back('/');
    key.append(segment);
  }
  return key;
}

std::string in_run(const RunPlace& run, std::string_view rest) {
  return joined({run.platform_run_id, "mf/train_runs", run.run_key, rest});
}

std::string padded(std::int64_t number, int digits) {
  std::array<char, 32> text{};
  const int size = std::snprintf(text.data(), text.size(), "%0*lld", digits, static_cast<long long>(number));
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

std::string run_anchor(std::string_view run_key) { return joined({"mf/runs", std::string(run_key) + ".json"}); }

std::string run_anchors() { return "mf/runs"; }

std::string request_alias(std::string_view request_id) {
  return joined({"mf/requests", std::string(request_id) + ".json"});
}

std::string request_rejection(std::string_view request_id, std::string_view request_sha256) {
  return joined({"mf/rejections", request_id, std::string(request_sha256.substr(0, 32)) + ".json"});
}

std::string request_rejections() { return "mf/rejections"; }

std::string request_aliases() { return "mf/requests"; }

std::string job_scope(std::string_view platform_run_id) {
  return joined({"mf/job_scopes", std::string(platform_run_id) + ".txt"});
}

std::string job_scopes() { return "mf/job_scopes"; }

std::string job_request(std::string_view platform_run_id, std::string_view request_id) {
  return joined({platform_run_id, "mf/job_requests", std::string(request_id) + ".json"});
}

std::string job_requests(std::string_view platform_run_id) { return joined({platform_run_id, "mf/job_requests"}); }

std::string job_invocation(std::string_view platform_run_id, std::string_view request_id) {
  return joined({platform_run_id, "mf/job_invocations", std::string(request_id) + ".json"});
}

std::string job_invocations(std::string_view platform_run_id) {
  return joined({platform_run_id, "mf/job_invocations"});
}

std::string materialization(std::string_view platform_run_id, std::string_view dataset_manifest_id) {
  return dataset_file(platform_run_id, dataset_manifest_id, "materialization.json");
}

std::string dataset_file(std::string_view platform_run_id, std::string_view dataset_manifest_id,
                         std::string_view name) {
  return joined({platform_run_id, "ofs/datasets", dataset_manifest_id, name});
}

std::string dataset_manifest(std::string_view platform_run_id, std::string_view dataset_manifest_id) {
  return joined({platform_run_id, "ofs/manifests", std::string(dataset_manifest_id) + ".json"});
}

std::string run_folder(const RunPlace& run) { return joined({run.platform_run_id, "mf/train_runs", run.run_key}); }

std::string ledger_event(const RunPlace& run, std::int64_t sequence) {
  return ledger_events(run) + "/" + padded(sequence, 8) + ".json";
}

std::string ledger_events(const RunPlace& run) { return in_run(run, "ledger/events"); }

std::string ledger_seal(const RunPlace& run) { return in_run(run, "ledger/seal.json"); }

std::string ledger(const RunPlace& run) { return in_run(run, "ledger"); }

std::string resolved_train_plan(const RunPlace& run) {
  return joined({run.platform_run_id, "mf/resolved_train_plan", run.run_key + ".json"});
}

std::string execution_record(const RunPlace& run) { return in_run(run, "execution_record.json"); }

std::string train_artifact(const RunPlace& run) { return in_run(run, "artifacts/model_artifact.json"); }

std::string leakage_certificate(const RunPlace& run) { return in_run(run, "leakage/leakage_certificate.json"); }

std::string model(const RunPlace& run, std::string_view sha256) {
  return in_run(run, "artifacts/model-" + std::string(sha256) + ".ubj");
}

std::string scored_rows(const RunPlace& run, std::string_view sha256) {
  return in_run(run, "evidence/scored_rows-" + std::string(sha256) + ".csv");
}

std::string explanations(const RunPlace& run) { return in_run(run, "evidence/explanations.json"); }

std::string eval_report(const RunPlace& run, std::string_view eval_report_id) {
  return in_run(run, "eval_report/" + std::string(eval_report_id) + ".json");
}

std::string evidence_pack(const RunPlace& run) { return in_run(run, "evidence/evidence_pack.json"); }

std::string train_eval_receipt(const RunPlace& run) { return in_run(run, "execution_receipt.json"); }

std::string gate_receipt(const RunPlace& run) { return in_run(run, "gate/gate_receipt.json"); }

std::string publish_eligibility(const RunPlace& run) { return in_run(run, "gate/publish_eligibility.json"); }

std::string bundle_member(const RunPlace& run, std::string_view path) {
  return in_run(run, "bundle/" + std::string(path));
}

std::string publish_handshake_receipt(const RunPlace& run) {
  return in_run(run, "publish/publish_handshake_receipt.json");
}

std::string publish_failure_receipt(const RunPlace& run, std::int64_t attempt) {
  return in_run(run, "publish/failures/" + padded(attempt, 4) + ".json");
}

namespace registry {

std::string bundle_member(std::string_view bundle_id, std::string_view bundle_version, std::string_view path) {
  return joined({"registry/bundles", bundle_id, bundle_version, path});
}

std::string published_event(std::string_view bundle_id, std::string_view bundle_version) {
  return joined({"registry/events", bundle_id, bundle_version, "bundle_published_event.json"});
}

}  // namespace registry

std::string continuity_proofs(const RunPlace& run) { return in_run(run, "proofs"); }

std::string continuity_proof(const RunPlace& run, std::string_view content_digest) {
  return joined({continuity_proofs(run), "continuity-" + std::string(content_digest.substr(0, 32)) + ".json"});
}

std::string negative_proof(std::string_view content_digest) {
  return joined({"mf/proofs", "negative-" + std::string(content_digest.substr(0, 32)) + ".json"});
}

std::string doctor_probe() { return "mf/doctor/probe.txt"; }

std::string condition_probe() { return "mf/doctor/condition.txt"; }

}  // namespace mf::store::layout
