#include "mf/observability/openlineage.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "mf/identity/canonical_json.hpp"
#include "mf/identity/uuid.hpp"
#include "mf/redaction.hpp"
#include "observability/standing.hpp"

namespace mf::observability {
namespace {

using contracts::LedgerEvent;
using nlohmann::json;

constexpr const char* kProducer = "https://model-factory.invalid/mf";
constexpr const char* kRuns = "https://model-factory.invalid/mf/train_runs/";
constexpr const char* kRunEvent = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
constexpr const char* kFacets = "https://openlineage.io/spec/facets/";
constexpr const char* kCorrelationFacet = "https://model-factory.invalid/schemas/MfCorrelationRunFacet.json";
constexpr std::string_view kJobs = "model_factory/";
constexpr std::string_view kPin = "@sha256:";

/// A phase: its stage in the ledger, its job, the event that it ends well with, what it reads of what was recorded, and
/// which refs of the request it reads.
struct Phase {
  std::string_view stage;
  const char* job;
  std::string_view done;
  std::vector<const char*> reads;
  bool manifests, profiles;
  std::vector<const char*> also_makes;  ///< what the last event does not name again
};

const std::vector<Phase>& phases() {
  static const std::vector<Phase> kPhases = {
      {"RESOLVE", "resolve", "PLAN_LOCKED", {}, true, true, {}},
      {"TRAIN", "train", "MODEL_TRAINED", {"plan"}, true, false, {}},
      {"EVAL", "eval", "EVAL_READY", {"plan", "model"}, true, false, {}},
      {"GATE", "gate", "GATE_PASS", {"scored_rows", "eval_report"}, false, true, {}},
      {"PUBLISH",
       "publish",
       "BUNDLE_PUBLISHED",
       {"model", "eval_report", "gate_receipt"},
       false,
       false,
       {"bundle_manifest", "bundle_publication"}},
  };
  return kPhases;
}

const Phase* phase_of(const std::string& stage) {
  for (const Phase& phase : phases())
    if (phase.stage == stage) return &phase;
  return nullptr;
}

json facet(const char* schema, json fields) {
  fields["_producer"] = kProducer;
  fields["_schemaURL"] = kFacets + std::string(schema);
  return fields;
}

json known(const std::string& text) { return text.empty() ? json() : json(text); }

/// One run, told event by event.
class Lineage {
 public:
  Lineage(const std::string& platform_run_id, const DatasetSpace& space)
      : space_(space), jobs_(std::string(kJobs) + platform_run_id), run_(platform_run_id) {}

  void take(const LedgerEvent& event) {
    run_.take(event);
    if (event.event == "STAGE_STARTED") begin(event);
    if (!open_) return;
    const bool failed =
        event.event == "STAGE_FAILED" || event.event == "PUBLISH_PENDING" || event.event == "RUN_FAILED";
    if (event.event == open_->phase->done)
      end(event, "COMPLETE");
    else if (failed)
      fail(event);
    // Whoever had begun is gone, without a word.
    else if (event.event == "LEASE_CLAIMED" || event.event == "LEASE_RELEASED")
      end(event, "ABORT");
  }

  std::vector<SignalLine> lines() { return std::move(lines_); }

 private:
  struct Attempt {
    const Phase* phase;
    std::string name;
    json inputs;
  };

  void begin(const LedgerEvent& event) {
    if (open_) end(event, "ABORT");
    const Phase* phase = phase_of(at(event, "stage"));
    if (phase == nullptr) return;
    const auto number = std::to_string(++attempts_[phase]);
    open_ = Attempt{phase, event.run_key + "/" + phase->job + "/" + number, inputs_of(*phase)};
    tell(event, "START", {}, json::array());
  }

  void fail(const LedgerEvent& event) {
    const std::string code = failure_code(event);
    if (at(event, "terminal_class") == "FAILED_GATES") return end(event, "COMPLETE");
    if (code == "RUN_CANCELED" || code == "INTERRUPTED") return end(event, "ABORT");
    json facets = {{"errorMessage", facet("1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet",
                                          {{"message", code}, {"programmingLanguage", "C++"}})}};
    tell(event, "FAIL", std::move(facets), outputs_of(event, *open_->phase));
    open_.reset();
  }

  void end(const LedgerEvent& event, const char* type) {
    json facets = json::object();
    if (open_->phase->stage == "GATE" && std::string_view(type) == "COMPLETE") facets["test"] = verdict_of(event);
    const bool complete = std::string_view(type) == "COMPLETE";
    tell(event, type, std::move(facets), complete ? outputs_of(event, *open_->phase) : json::array());
    open_.reset();
  }

  static json verdict_of(const LedgerEvent& event) {
    const bool passed = event.event == "GATE_PASS";
    const std::string decision =
        at(event, "gate_decision").empty() ? (passed ? "PASS" : "FAIL") : at(event, "gate_decision");
    return facet("1-0-1/TestRunFacet.json#/$defs/TestRunFacet", {{"tests",
                                                                  {{{"name", "gate"},
                                                                    {"status", passed ? "pass" : "fail"},
                                                                    {"severity", "error"},
                                                                    {"expected", "PASS"},
                                                                    {"actual", decision}}}}});
  }

  [[nodiscard]] json dataset(const std::string& key, const std::string& sha256) const {
    json one = {{"namespace", space_.name_space}, {"name", space_.prefix + key}, {"facets", json::object()}};
    if (!sha256.empty())
      one["facets"]["version"] = facet("1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet",
                                       {{"datasetVersion", sha256}});
    return one;
  }

  [[nodiscard]] json dataset(const std::string& ref) const {
    const std::size_t pin = ref.find(kPin);
    return dataset(ref.substr(0, pin), pin == std::string::npos ? "" : ref.substr(pin + kPin.size()));
  }

  [[nodiscard]] json inputs_of(const Phase& phase) const {
    json inputs = json::array();
    if (phase.manifests)
      for (const auto& ref : contracts::canonical_manifest_refs(run_.request)) inputs.push_back(dataset(ref));
    if (phase.profiles)
      for (const auto& ref : {run_.request.training_config_ref, run_.request.governance_profile_ref})
        inputs.push_back(dataset(ref));
    for (const char* name : phase.reads)
      if (const auto found = run_.recorded.find(name); found != run_.recorded.end())
        inputs.push_back(dataset(found->second.ref, found->second.sha256));
    return inputs;
  }

  [[nodiscard]] json outputs_of(const LedgerEvent& event, const Phase& phase) const {
    json outputs = json::array();
    for (const auto& artifact : artifacts_of(event)) outputs.push_back(dataset(artifact.ref, artifact.sha256));
    if (event.event != phase.done) return outputs;
    for (const char* name : phase.also_makes)
      if (const auto found = run_.recorded.find(name); found != run_.recorded.end())
        outputs.push_back(dataset(found->second.ref, found->second.sha256));
    return outputs;
  }

  [[nodiscard]] json correlation_of(const LedgerEvent& event) const {
    return {{"_producer", kProducer},
            {"_schemaURL", kCorrelationFacet},
            {"train_run_id", event.run_key},
            {"request_id", run_.request.request_id},
            {"input_fingerprint", known(run_.input_fingerprint)},
            {"policy_rev", run_.request.policy_revision},
            {"mf_build_id", run_.request.mf_code_release_id},
            {"bundle_id", known(run_.bundle_id)},
            {"environment", known(run_.agent.environment)}};
  }

  void tell(const LedgerEvent& event, const char* type, json facets, json outputs) {
    const std::string id = identity::uuid_of_url(kRuns + open_->name);
    if (!facets.is_object()) facets = json::object();
    facets["parent"] = facet("1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet",
                             {{"run", {{"runId", identity::uuid_of_url(kRuns + event.run_key)}}},
                              {"job", {{"namespace", jobs_}, {"name", "train_run"}}}});
    facets["mf_correlation"] = correlation_of(event);
    const json kind = facet("2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet",
                            {{"processingType", "BATCH"}, {"integration", "MODEL_FACTORY"}, {"jobType", "MODEL"}});
    const std::string time = with_six_digits(event.at_utc);
    const json line = {{"eventTime", time},
                       {"eventType", type},
                       {"producer", kProducer},
                       {"schemaURL", kRunEvent},
                       {"run", {{"runId", id}, {"facets", std::move(facets)}}},
                       {"job", {{"namespace", jobs_}, {"name", open_->phase->job}, {"facets", {{"jobType", kind}}}}},
                       {"inputs", open_->inputs},
                       {"outputs", std::move(outputs)}};
    lines_.push_back({time, id, redacted(identity::canonical_json(line))});
  }

  DatasetSpace space_;
  std::string jobs_;
  Standing run_;
  std::map<const Phase*, int> attempts_;
  std::optional<Attempt> open_;
  std::vector<SignalLine> lines_;
};

}  // namespace

DatasetSpace dataset_space(const std::string& place) {
  constexpr std::string_view kScheme = "s3://";
  if (!place.starts_with(kScheme)) return {"file", place.ends_with('/') ? place : place + "/"};
  const std::size_t slash = std::min(place.find('/', kScheme.size()), place.size());
  const std::string prefix = slash < place.size() ? place.substr(slash + 1) : "";
  return {place.substr(0, slash), prefix.empty() || prefix.ends_with('/') ? prefix : prefix + "/"};
}

std::vector<SignalLine> lineage_of(const std::string& platform_run_id, const std::vector<LedgerEvent>& events,
                                   const DatasetSpace& space) {
  Lineage lineage(platform_run_id, space);
  for (const auto& event : events) lineage.take(event);
  return lineage.lines();
}

std::string platform_run_of_lineage(const std::string& line) {
  const std::string opening = "\"namespace\":\"" + std::string(kJobs);
  const std::size_t at = line.find(opening);
  if (at == std::string::npos) return {};
  const std::size_t from = at + opening.size();
  return line.substr(from, line.find('"', from) - from);
}

}  // namespace mf::observability
