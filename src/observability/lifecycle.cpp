#include "observability/lifecycle.hpp"

namespace mf::observability {
namespace {

using contracts::LedgerEvent;

bool always(const Progress& /*before*/, const LedgerEvent& /*event*/) { return true; }

bool is_canceled(const Progress& /*before*/, const LedgerEvent& event) {
  return at(event, "terminal_class") == "CANCELED";
}

bool ended_as(const LedgerEvent& event, const char* terminal_class) {
  return at(event, "terminal_class") == terminal_class;
}

constexpr Step kSteps[] = {
    {"REQUEST_QUEUED", always, "MF_TRAIN_REQUESTED", "train_requested", ""},
    {"REQUEST_ALIASED", always, "MF_REQUEST_JOINED", "requests_joined", ""},
    {"CANCEL_REQUESTED", always, "MF_CANCEL_REQUESTED", "", ""},
    {"PLAN_LOCKED", always, "MF_PLAN_LOCKED", "plans_locked", "plan"},
    {"RUN_STARTED", [](const Progress&, const LedgerEvent& event) { return at(event, "execution_mode") == "FULL"; },
     "MF_TRAIN_STARTED", "", ""},
    {"EVAL_READY", always, "MF_TRAIN_COMPLETED", "train_completed", "eval_report"},
    {"RUN_FAILED", [](const Progress& before, const LedgerEvent&) { return !before.evaluated; }, "MF_TRAIN_FAILED",
     "train_failed", ""},
    {"GATE_PASS", always, "MF_EVAL_PASSED", "eval_pass", "gate_receipt"},
    {"RUN_FAILED", [](const Progress&, const LedgerEvent& event) { return ended_as(event, "FAILED_GATES"); },
     "MF_EVAL_FAILED", "eval_fail", "gate_receipt"},
    {"RUN_FAILED",
     [](const Progress& before, const LedgerEvent& event) {
       return before.evaluated && ended_as(event, "REJECTED_INPUTS");
     },
     "MF_EVAL_REJECTED", "eval_rejected", ""},
    {"BUNDLE_PACKAGED", always, "MF_BUNDLE_PACKAGED", "", "bundle_publication"},
    {"PUBLISH_PENDING", always, "MF_PUBLISH_PENDING", "", "publish_failure"},
    {"PUBLISH_RETRY_REQUESTED", always, "MF_PUBLISH_RETRIED", "publish_retries", ""},
    {"PUBLISH_RETRY_EXHAUSTED", always, "MF_PUBLISH_EXHAUSTED", "", ""},
    {"RUN_FAILED", [](const Progress&, const LedgerEvent& event) { return ended_as(event, "FAILED_CONFLICT"); },
     "MF_PUBLISH_CONFLICT", "publish_conflicts", "publish_failure"},
    {"BUNDLE_PUBLISHED", always, "BUNDLE_PUBLISHED", "bundle_published", "publish_receipt"},
    {"RUN_FAILED", is_canceled, "MF_RUN_CANCELED", "runs_canceled", ""},
};

}  // namespace

std::span<const Step> lifecycle_table() { return kSteps; }

std::vector<const Step*> steps_of(const Progress& before, const LedgerEvent& event) {
  std::vector<const Step*> steps;
  for (const Step& step : kSteps)
    if (event.event == step.event && step.holds(before, event)) steps.push_back(&step);
  return steps;
}

}  // namespace mf::observability
