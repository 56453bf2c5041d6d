#include "observability/standing.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

#include "mf/error.hpp"

namespace mf::observability {
namespace {

using contracts::LedgerEvent;

/// Where an event leaves the run; what is not listed leaves it where it is.
const std::map<std::string_view, const char*> kStatusAfter = {
    {"REQUEST_QUEUED", "QUEUED"},     {"RUN_STARTED", "RUNNING"},
    {"EVAL_READY", "EVAL_READY"},     {"GATE_PASS", "PASS"},
    {"RUN_FAILED", "FAIL"},           {"PUBLISH_PENDING", "PUBLISH_PENDING"},
    {"BUNDLE_PUBLISHED", "PUBLISHED"}};

constexpr std::string_view kRefSuffix = "_ref";

std::string source_type_of(const std::string& principal) {
  return principal.starts_with("HUMAN::") ? "HUMAN" : "SYSTEM";
}

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    if (comma > from) parts.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

/// Why a ref may be denied, in the order in which that is asked.
std::string denial(const std::string& reason) {
  constexpr std::string_view kReasons[] = {"REF_ACCESS_DENIED", "REF_TYPE_NOT_ALLOWED", "REF_INVALID",
                                           "REF_SCOPE_MISMATCH", "REF_NOT_FOUND"};
  return std::find(std::begin(kReasons), std::end(kReasons), reason) == std::end(kReasons) ? "REF_ACCESS_DENIED"
                                                                                           : reason;
}

/// Who wrote an event of a release that did not tell: whoever it names, else who asked for the run.
Agent agent_of(const LedgerEvent& event, const Agent& otherwise) {
  Agent agent = otherwise;
  const std::string& principal = at(event, "actor_id").empty() ? at(event, "principal") : at(event, "actor_id");
  if (!principal.empty()) agent = {principal, source_type_of(principal), {}, {}, {}};
  if (!at(event, "actor_source_type").empty()) agent.source_type = at(event, "actor_source_type");
  agent.service_release_id = at(event, "service_release_id");
  agent.environment = at(event, "environment");
  agent.run_config_digest = at(event, "run_config_digest");
  return agent;
}

}  // namespace

const std::string& at(const LedgerEvent& event, const std::string& name) {
  static const std::string kNone;
  const auto found = event.detail.find(name);
  return found == event.detail.end() ? kNone : found->second;
}

void Standing::take(const LedgerEvent& event) {
  if (event.event == "REQUEST_QUEUED") take_request(event);
  take_agent(event);
  take_progress(event);
}

void Standing::take_request(const LedgerEvent& event) {
  run_key = event.run_key;
  request = contracts::read_recorded_request(at(event, "request"));
}

void Standing::take_agent(const LedgerEvent& event) {
  const std::string& requester =
      at(event, "requester_principal").empty() ? request.requester_principal : at(event, "requester_principal");
  const Agent asked{requester, source_type_of(requester), {}, {}, {}};
  const std::string token = event.lease_token.value_or("");
  if (event.event == "LEASE_CLAIMED") claims_[token] = agent_of(event, asked);
  const auto claim = claims_.find(token);
  agent = claim != claims_.end() ? claim->second : agent_of(event, asked);
}

void Standing::take_progress(const LedgerEvent& event) {
  const std::string& kind = event.event;
  if (const auto after = kStatusAfter.find(kind); after != kStatusAfter.end()) {
    status = after->second;
    // A retry that is under way is still a publication that is to be tried.
    if (kind != "RUN_STARTED") is_pending = kind == "PUBLISH_PENDING";
  }
  if (kind == "RUN_STARTED" && at(event, "execution_mode") == "FULL") progress.started = true;
  if (kind == "EVAL_READY") progress.evaluated = true;
  if (kind == "GATE_PASS" || kind == "RUN_FAILED") progress.decided = true;
  if (!at(event, "input_fingerprint").empty()) input_fingerprint = at(event, "input_fingerprint");
  if (!at(event, "scenario_run_ids").empty()) scenario_run_ids = parts_of(at(event, "scenario_run_ids"));
  if (!at(event, "bundle_id").empty()) bundle_id = at(event, "bundle_id");
  if (!at(event, "bundle_version").empty()) bundle_version = at(event, "bundle_version");
  for (auto& vouched : artifacts_of(event)) recorded[vouched.name] = std::move(vouched);
}

std::vector<Vouched> artifacts_of(const LedgerEvent& event) {
  std::vector<Vouched> artifacts;
  for (const auto& [name, ref] : event.detail) {
    if (!name.ends_with(kRefSuffix)) continue;
    const std::string artifact = name.substr(0, name.size() - kRefSuffix.size());
    if (const std::string& sha256 = at(event, artifact + "_sha256"); !sha256.empty())
      artifacts.push_back({artifact, ref, sha256});
  }
  return artifacts;
}

std::vector<ReadRef> refs_read_by(const LedgerEvent& event) {
  std::vector<ReadRef> refs;
  const std::string& text = at(event, "evidence_refs");
  if (text.empty()) return refs;
  const auto list = nlohmann::json::parse(text, nullptr, false);
  if (!list.is_array()) return refs;
  const auto word = [](const nlohmann::json& one, const char* name) {
    const auto found = one.find(name);
    return found != one.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  for (const auto& one : list) {
    if (!one.is_object()) continue;
    const bool denied = word(one, "status") == "DENIED";
    refs.push_back({word(one, "ref_type"), word(one, "ref_id"), word(one, "purpose"), denied ? "DENIED" : "RESOLVED",
                    denied ? denial(word(one, "reason_code")) : ""});
  }
  return refs;
}

std::string failure_code(const LedgerEvent& event) {
  const std::string& code = at(event, "code");
  if (code.empty() || code == "GATE_FAIL" || find_code(code) != nullptr) return code;
  return "UNKNOWN";
}

}  // namespace mf::observability
