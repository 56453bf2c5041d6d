#pragma once
// The events of a made-up run, as its log would hold them.

#include <map>
#include <string>
#include <vector>

#include "mf/contracts/ledger_documents.hpp"
#include "mf/contracts/train_build_request.hpp"

namespace mf::observability {

inline const std::string kPlatformRun = "platform_20260210T000000Z";
inline const std::string kRun = "tr_" + std::string(32, 'a');

class RunOfEvents {
 public:
  using Detail = std::map<std::string, std::string>;

  RunOfEvents() {
    contracts::TrainBuildRequest request;
    request.schema_version = "learning.mf_train_build_request.v0";
    request.request_id = "request-0001";
    request.intent_kind = "baseline_train";
    request.platform_run_id = kPlatformRun;
    request.dataset_manifest_refs = {kPlatformRun + "/ofs/manifests/dm.json@sha256:" + std::string(64, 'd')};
    request.training_config_ref = "profiles/training.yaml";
    request.governance_profile_ref = "profiles/governance.yaml";
    request.requester_principal = "HUMAN::ann";
    request.target_scope = {"local", "fraud", "primary", {}};
    request.policy_revision = "r1";
    request.config_revision = "c1";
    request.mf_code_release_id = "mf-1";
    request.publish_allowed = true;
    add("REQUEST_QUEUED", {{"request", contracts::request_json(request)},
                           {"request_id", request.request_id},
                           {"intent_kind", request.intent_kind},
                           {"requester_principal", request.requester_principal}});
  }

  /// Claims the run as SYSTEM::mf_worker; what follows is written under this lease.
  RunOfEvents& claimed(Detail more = {{"actor_id", "SYSTEM::mf_worker"},
                                      {"actor_source_type", "SYSTEM"},
                                      {"service_release_id", "svc-7"},
                                      {"environment", "dev"},
                                      {"run_config_digest", std::string(64, 'c')}}) {
    token_ = "token-" + std::to_string(++claims_);
    return add("LEASE_CLAIMED", std::move(more));
  }

  RunOfEvents& add(const std::string& kind, Detail detail = {}) {
    contracts::LedgerEvent event;
    event.run_key = kRun;
    event.sequence = static_cast<std::int64_t>(events_.size()) + 1;
    event.event = kind;
    event.at_utc =
        "2026-02-10T00:00:" + std::string(event.sequence < 10 ? "0" : "") + std::to_string(event.sequence) + "Z";
    if (!token_.empty()) event.lease_token = token_;
    event.detail = std::move(detail);
    events_.push_back(std::move(event));
    return *this;
  }

  RunOfEvents& begun(const std::string& stage) { return add("STAGE_STARTED", {{"stage", stage}}); }

  /// An event that vouches for the artifact `name`.
  RunOfEvents& made(const std::string& kind, const std::string& name, Detail more = {}) {
    more[name + "_ref"] = kPlatformRun + "/" + name;
    more[name + "_sha256"] = std::string(64, 'e');
    return add(kind, std::move(more));
  }

  RunOfEvents& failed(const std::string& kind, const std::string& stage, const std::string& code, Detail more = {}) {
    more.insert({{"stage", stage}, {"code", code}, {"class", "HARD"}, {"message", "text that may say anything"}});
    return add(kind, std::move(more));
  }

  RunOfEvents& trained() {
    return claimed()
        .begun("RESOLVE")
        .made("PLAN_LOCKED", "plan", {{"input_fingerprint", std::string(64, 'f')}, {"scenario_run_ids", "s1,s2"}})
        .add("RUN_STARTED", {{"execution_mode", "FULL"}})
        .begun("TRAIN")
        .made("MODEL_TRAINED", "model");
  }

  RunOfEvents& evaluated() { return trained().begun("EVAL").made("EVAL_READY", "eval_report"); }

  RunOfEvents& passed() {
    return evaluated().begun("GATE").made("GATE_PASS", "gate_receipt", {{"gate_decision", "PASS"}});
  }

  RunOfEvents& packed() {
    return passed().begun("PUBLISH").made("BUNDLE_PACKAGED", "bundle_manifest",
                                          {{"bundle_id", std::string(64, 'b')}, {"bundle_version", "v0-1"}});
  }

  RunOfEvents& published() {
    return packed().made("BUNDLE_PUBLISHED", "publish_receipt", {{"terminal_class", "PUBLISHED"}});
  }

  [[nodiscard]] const std::vector<contracts::LedgerEvent>& events() const { return events_; }

 private:
  std::vector<contracts::LedgerEvent> events_;
  std::string token_;
  int claims_ = 0;
};

}  // namespace mf::observability
