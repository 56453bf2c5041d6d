#include "factory/coverage.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "factory/records.hpp"
#include "mf/contracts/job_documents.hpp"
#include "mf/contracts/train_build_request.hpp"

namespace mf::factory {
namespace {

using contracts::LedgerEvent;
using Proof = contracts::ContinuityProof;
using Item = Proof::Item;
using nlohmann::json;
namespace layout = store::layout;

constexpr const char* kPass = "PASS";
constexpr const char* kAbsent = "ABSENT";
constexpr const char* kFail = "FAIL";
constexpr const char* kRunConfigDigest = "run_config_digest";

Item failed(std::string item, std::string ref, Code code) {
  return {std::move(item), kFail, std::move(ref), std::string(row_of(code).name)};
}

std::string detail_of(const LedgerEvent& event, const char* name) {
  const auto found = event.detail.find(name);
  return found == event.detail.end() ? std::string() : found->second;
}

// Run and operate.

/// Where a document carries the digest of the configuration that it was made under.
struct Stamped {
  const RecordKind& kind;
  const char* pointer;
};

constexpr Stamped kStamped[] = {
    {kPlan, "/run_config_digest"},
    {kExecutionRecord, "/circumstance/run_config_digest"},
    {kEvalReport, "/provenance/run_config_digest"},
    {kGateReceipt, "/run_config_digest"},
    {kPublishEligibility, "/run_config_digest"},
    {kBundlePublication, "/provenance/run_config_digest"},
    {kBundleSubmission, "/run_config_digest"},
    {kPublishReceipt, "/run_config_digest"},
};

/// The configurations under which somebody acted on the run; none where the log is from before it said so.
std::set<std::string> configurations_in(const std::vector<LedgerEvent>& events) {
  std::set<std::string> found;
  for (const auto& event : events)
    if (const auto digest = detail_of(event, kRunConfigDigest); !digest.empty()) found.insert(digest);
  return found;
}

std::string text_at(const std::string& bytes, const char* pointer) {
  const auto document = json::parse(bytes, nullptr, false);
  const json::json_pointer place(pointer);
  if (document.is_discarded() || !document.contains(place) || !document.at(place).is_string()) return {};
  return document.at(place).get<std::string>();
}

/// A stamp that nobody acted under is none of this run.
Item stamp_of(const Examined& examined, const Stamped& stamped, const std::set<std::string>& configurations) {
  const std::string item = std::string(kRunConfigDigest) + " in " + stamped.kind.name;
  const auto* record = examined.state.find(stamped.kind.name);
  if (record == nullptr) return {item, kAbsent, {}, {}};
  try {
    const auto bytes = recorded_bytes(examined.store(), *record, stamped.kind, examined.run.run_key);
    const auto stamp = text_at(bytes, stamped.pointer);
    if (stamp.empty()) return {item, kAbsent, record->ref, {}};
    if (!configurations.empty() && !configurations.contains(stamp))
      return failed(item, record->ref, Code::EVIDENCE_DIGEST_MISMATCH);
    return {item, kPass, record->ref, {}};
  } catch (const Error& error) {
    if (error.row().transient()) throw;
    return failed(item, record->ref, error.code());
  }
}

Item scope_of(const Examined& examined) {
  const std::string item = "active-run scope";
  if (examined.events.empty()) return {item, kAbsent, {}, {}};
  const auto request = contracts::read_recorded_request(examined.state.request);
  const std::string first = layout::ledger_event(examined.run, 1);
  const auto& plan = examined.documents.plan;
  const bool one = request.platform_run_id == examined.run.platform_run_id &&
                   (!plan || plan->document.platform_run_id == request.platform_run_id);
  return one ? Item{item, kPass, first, {}} : failed(item, first, Code::RUN_SCOPE_INVALID);
}

bool is_answer_to(const contracts::JobInvocationReceipt& receipt, const LedgerEvent& taken, const Examined& examined) {
  return receipt.request_id == detail_of(taken, "request_id") && receipt.command == detail_of(taken, "command") &&
         receipt.request_ref == detail_of(taken, "request_ref") &&
         receipt.platform_run_id == examined.run.platform_run_id &&
         receipt.run_key.value_or(examined.run.run_key) == examined.run.run_key;
}

/// A job that worked on the run has an answer, and it is an answer to that job.
Item answer_to(const Examined& examined, const LedgerEvent& taken) {
  const std::string id = detail_of(taken, "request_id");
  const std::string item = "invocation receipt of " + id;
  const std::string ref = layout::job_invocation(examined.run.platform_run_id, id);
  const auto bytes = examined.store().find(ref);
  if (!bytes) return failed(item, ref, Code::EVIDENCE_UNRESOLVED);
  try {
    const auto receipt = contracts::read_json<contracts::JobInvocationReceipt>(*bytes, ref);
    if (!is_answer_to(receipt, taken, examined)) return failed(item, ref, Code::EVIDENCE_DIGEST_MISMATCH);
    return {item, kPass, ref, {}};
  } catch (const Error& error) {
    return failed(item, ref, error.code());
  }
}

/// A run that people made by hand has no job.
std::vector<Item> jobs_of(const Examined& examined) {
  std::vector<Item> items;
  std::set<std::string> ids;
  for (const auto& event : examined.events)
    if (event.event == name_of(ledger::Event::job_taken) && ids.insert(detail_of(event, "request_id")).second)
      items.push_back(answer_to(examined, event));
  if (items.empty()) items.push_back({"invocation receipt of a job", kAbsent, {}, {}});
  return items;
}

std::vector<Item> operated(const Examined& examined) {
  std::vector<Item> items;
  const auto configurations = configurations_in(examined.events);
  for (const auto& stamped : kStamped) items.push_back(stamp_of(examined, stamped, configurations));
  items.push_back(scope_of(examined));
  for (auto& job : jobs_of(examined)) items.push_back(std::move(job));
  return items;
}

// Observability and governance.

/// The steps of a run's life.
constexpr ledger::Event kSteps[] = {
    ledger::Event::request_queued,  ledger::Event::plan_locked,      ledger::Event::run_started,
    ledger::Event::model_trained,   ledger::Event::eval_ready,       ledger::Event::gate_pass,
    ledger::Event::bundle_packaged, ledger::Event::bundle_published,
};

/// The stages that read protected refs, by the events that end them.
constexpr ledger::Event kReadingSteps[] = {
    ledger::Event::plan_locked, ledger::Event::model_trained,    ledger::Event::eval_ready,
    ledger::Event::gate_pass,   ledger::Event::bundle_published,
};

const LedgerEvent* first_of(const std::vector<LedgerEvent>& events, ledger::Event step) {
  const auto found =
      std::find_if(events.begin(), events.end(), [&](const auto& event) { return event.event == name_of(step); });
  return found == events.end() ? nullptr : &*found;
}

/// Who acted: said by the event itself, or by the claim it was written under.
std::string actor_of(const std::vector<LedgerEvent>& events, const LedgerEvent& event) {
  if (auto actor = detail_of(event, "actor_id"); !actor.empty() || !event.lease_token) return actor;
  for (const auto& claim : events)
    if (claim.event == name_of(ledger::Event::lease_claimed) && claim.lease_token == event.lease_token)
      return detail_of(claim, "actor_id");
  return {};
}

Item step_of(const Examined& examined, ledger::Event step) {
  const std::string item(name_of(step));
  const auto* event = first_of(examined.events, step);
  if (event == nullptr) return {item, kAbsent, {}, {}};
  const std::string ref = layout::ledger_event(examined.run, event->sequence);
  const std::string actor = actor_of(examined.events, *event);
  if (actor.empty()) return {item, kAbsent, ref, {}};
  if (!actor.starts_with("SYSTEM::") && !actor.starts_with("HUMAN::")) return failed(item, ref, Code::LEDGER_INVALID);
  return {item, kPass, ref, {}};
}

/// Whether `text` lists resolutions: what was resolved, and how that ended.
bool are_resolutions(const std::string& text) {
  const auto list = json::parse(text, nullptr, false);
  return list.is_array() && !list.empty() && std::all_of(list.begin(), list.end(), [](const json& one) {
           return one.is_object() && one.contains("ref_id") && one.contains("status");
         });
}

/// The resolutions recorded after the event `after`, up to the one that ends the stage.
Item resolutions_of(const Examined& examined, ledger::Event step, std::int64_t after) {
  const std::string item = "evidence refs resolved before " + std::string(name_of(step));
  const auto* end = first_of(examined.events, step);
  if (end == nullptr) return {item, kAbsent, {}, {}};
  for (const auto& event : examined.events) {
    const auto said = detail_of(event, "evidence_refs");
    if (event.sequence <= after || event.sequence > end->sequence || said.empty()) continue;
    const std::string ref = layout::ledger_event(examined.run, event.sequence);
    return are_resolutions(said) ? Item{item, kPass, ref, {}} : failed(item, ref, Code::LEDGER_INVALID);
  }
  return {item, kAbsent, layout::ledger_event(examined.run, end->sequence), {}};
}

std::vector<Item> governed(const Examined& examined) {
  std::vector<Item> items;
  for (const auto step : kSteps) items.push_back(step_of(examined, step));
  std::int64_t after = 0;
  for (const auto step : kReadingSteps) {
    items.push_back(resolutions_of(examined, step, after));
    if (const auto* end = first_of(examined.events, step)) after = end->sequence;
  }
  return items;
}

Proof::Section section_of(std::vector<Item> items) {
  auto status = status_of(items);
  return {std::move(status), std::move(items)};
}

}  // namespace

std::string status_of(const std::vector<Item>& items) {
  const auto is = [](const char* status) { return [status](const Item& item) { return item.status == status; }; };
  if (std::any_of(items.begin(), items.end(), is(kFail))) return kFail;
  return std::all_of(items.begin(), items.end(), is(kAbsent)) ? kAbsent : kPass;
}

Proof::Coverage coverage_of(const Examined& examined) {
  return {section_of(operated(examined)), section_of(governed(examined))};
}

}  // namespace mf::factory
