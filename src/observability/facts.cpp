#include "observability/facts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mf/identity/canonical_json.hpp"
#include "mf/identity/digest.hpp"
#include "mf/redaction.hpp"

namespace mf::observability {
namespace {

using nlohmann::json;

constexpr const char* kComponent = "model_factory";
constexpr const char* kArtifactRef = "artifact_ref";
const std::string kNotWorldScoped(64, '0');

json known(const std::string& text) { return text.empty() ? json() : json(text); }

/// The fixed recipe of ids: R|run_key|sequence|what it is.
std::string event_id(const Told& told, const std::string& what) {
  return identity::sha256_hex(told.after.platform_run_id + "|" + told.event.run_key + "|" +
                              std::to_string(told.event.sequence) + "|" + what);
}

SignalLine line_of(const Told& told, std::string id, const json& fact) {
  return {with_six_digits(told.event.at_utc), std::move(id), redacted(identity::canonical_json(fact))};
}

std::string request_id_of(const Told& told) {
  const std::string& own = at(told.event, "request_id");
  return own.empty() || told.event.event == "JOB_TAKEN" ? told.after.request.request_id : own;
}

json actor_of(const Agent& agent) {
  return {{"actor_id", agent.actor_id}, {"source_type", agent.source_type}, {"source_component", kComponent}};
}

/// What pins a run of learning: no world, but the runs of a platform, a policy and a configuration.
json pins_of(const Standing& run) {
  return {{"platform_run_id", run.platform_run_id},
          {"scenario_run_ids", run.scenario_run_ids},
          {"world_scope", "NOT_WORLD_SCOPED"},
          {"manifest_fingerprint", kNotWorldScoped},
          {"parameter_hash", nullptr},
          {"scenario_id", nullptr},
          {"policy_rev", run.request.policy_revision},
          {"run_config_digest", known(run.agent.run_config_digest)}};
}

json correlation_of(const Told& told) {
  const Standing& run = told.after;
  return {{"train_run_id", told.event.run_key},
          {"request_id", request_id_of(told)},
          {"input_fingerprint", known(run.input_fingerprint)},
          {"policy_rev", run.request.policy_revision},
          {"mf_build_id", run.request.mf_code_release_id},
          {"bundle_id", known(run.bundle_id)},
          {"environment", known(run.agent.environment)}};
}

json fact_of(const Told& told, const std::string& id, const char* family) {
  const Agent& agent = told.after.agent;
  return {{"schema_version", "mf.governance_fact.v1"},
          {"event_id", id},
          {"event_family", family},
          {"ts_utc", told.event.at_utc},
          {"actor", actor_of(agent)},
          {"pins", pins_of(told.after)},
          {"provenance",
           {{"service_release_id", known(agent.service_release_id)}, {"environment", known(agent.environment)}}},
          {"correlation", correlation_of(told)},
          {"details",
           {{"run_key", told.event.run_key},
            {"request_id", request_id_of(told)},
            {"intent_kind", told.after.request.intent_kind},
            {"sequence", told.event.sequence},
            {"status", told.after.status}}}};
}

json evidence_of(const contracts::LedgerEvent& event) {
  json refs = json::array();
  for (const auto& artifact : artifacts_of(event))
    refs.push_back({{"ref_type", kArtifactRef}, {"ref_id", artifact.ref}, {"sha256", artifact.sha256}});
  return refs;
}

void tell_ref(json& details, const Told& told, const ReadRef& ref) {
  details["ref_type"] = ref.ref_type;
  details["ref_id"] = ref.ref_id;
  details["purpose"] = ref.purpose;
  details["platform_run_id"] = told.after.platform_run_id;
  details["observed_time"] = told.event.at_utc;
  details["resolution_status"] = ref.status;
  if (!ref.reason_code.empty()) details["reason_code"] = ref.reason_code;
}

/// The envelope of the bus knows platform runs of the form platform_20260210T091951Z alone.
bool is_name_on_the_bus(const std::string& platform_run_id) {
  constexpr std::string_view kForm = "platform_00000000T000000Z";
  return std::equal(platform_run_id.begin(), platform_run_id.end(), kForm.begin(), kForm.end(),
                    [](char c, char form) { return form == '0' ? c >= '0' && c <= '9' : c == form; });
}

/// The payload of a control fact: ids and refs, never what they stand for.
json payload_of(const Told& told, std::initializer_list<const char*> artifacts) {
  json payload = correlation_of(told);
  payload["platform_run_id"] = told.after.platform_run_id;
  for (const std::string name : artifacts)
    if (const auto found = told.after.recorded.find(name); found != told.after.recorded.end())
      payload[name + "_ref"] = found->second.ref;
  return payload;
}

SignalLine control_fact(const Told& told, const char* type, const json& payload) {
  std::string id = event_id(told, type);
  json fact = {{"schema_version", "mf.control_fact.v1"},
               {"event_id", id},
               {"event_type", type},
               {"ts_utc", with_six_digits(told.event.at_utc)},
               {"manifest_fingerprint", kNotWorldScoped},
               {"producer", kComponent},
               {"payload", payload}};
  if (is_name_on_the_bus(told.after.platform_run_id)) fact["platform_run_id"] = told.after.platform_run_id;
  return line_of(told, std::move(id), fact);
}

SignalLine completed(const Told& told) {
  json payload = payload_of(told, {"plan", "execution_record", "eval_report", "gate_receipt"});
  payload["outcome"] = told.event.event == "GATE_PASS" ? "PASS" : "FAIL";
  if (const auto code = failure_code(told.event); !code.empty()) payload["reason_code"] = code;
  return control_fact(told, "mf.train_run.completed", payload);
}

SignalLine published(const Told& told) {
  json payload = payload_of(
      told, {"execution_record", "gate_receipt", "bundle_manifest", "bundle_publication", "publish_receipt"});
  payload["bundle_version"] = known(told.after.bundle_version);
  return control_fact(told, "mf.bundle.published", payload);
}

}  // namespace

SignalLine lifecycle_fact(const Told& told, const Step& step) {
  std::string id = event_id(told, step.type);
  json fact = fact_of(told, id, "LEARNING_LIFECYCLE");
  fact["lifecycle_type"] = step.type;
  json& details = fact["details"];
  if (const auto code = failure_code(told.event); !code.empty()) details["reason_code"] = code;
  if (const std::string& result = at(told.event, std::string(step.result) + "_ref"); !result.empty())
    details["result_ref"] = result;
  details["evidence_refs"] = evidence_of(told.event);
  return line_of(told, std::move(id), fact);
}

SignalLine anomaly_fact(const Told& told, const Anomaly& anomaly) {
  std::string id = event_id(told, "CORRIDOR_ANOMALY");
  json fact = fact_of(told, id, "CORRIDOR_ANOMALY");
  json& details = fact["details"];
  details["boundary"] = anomaly.stage.empty() ? "train_run" : anomaly.stage;
  details["reason_code"] = anomaly.code;
  details["anomaly_category"] = anomaly.category;
  return line_of(told, std::move(id), fact);
}

SignalLine audit_fact(const Told& told, const ReadRef& ref, std::size_t number) {
  std::string id = event_id(told, "EVIDENCE_REF_RESOLVED|" + std::to_string(number));
  json fact = fact_of(told, id, "EVIDENCE_REF_RESOLVED");
  tell_ref(fact["details"], told, ref);
  return line_of(told, std::move(id), fact);
}

SignalLine denial_fact(const Told& told, const ReadRef& ref, std::size_t number) {
  std::string id = event_id(told, "CORRIDOR_ANOMALY|" + std::to_string(number));
  json fact = fact_of(told, id, "CORRIDOR_ANOMALY");
  json& details = fact["details"];
  tell_ref(details, told, ref);
  details["boundary"] = "evidence_ref_resolution";
  details["anomaly_category"] = "REF_ACCESS_DENIED";
  return line_of(told, std::move(id), fact);
}

std::vector<SignalLine> control_facts(const Told& told, const Progress& before) {
  std::vector<SignalLine> facts;
  if (told.after.progress.started && !before.started)
    facts.push_back(control_fact(told, "mf.train_run.started", payload_of(told, {"plan"})));
  if (before.started && told.after.progress.decided && !before.decided) facts.push_back(completed(told));
  if (told.event.event == "BUNDLE_PUBLISHED") facts.push_back(published(told));
  return facts;
}

}  // namespace mf::observability
