#include "factory/intent.hpp"

#include <algorithm>

#include "mf/contracts/train_build_request.hpp"
#include "mf/error.hpp"

namespace mf::factory {
namespace {

constexpr std::string_view kCandidateEval = "candidate_eval";
constexpr std::string_view kBackfillRetrain = "backfill_retrain";
constexpr std::string_view kRegressionCheck = "regression_check";
constexpr std::string_view kAllTest = "all_test";

struct Complaint {
  Code code;
  const std::string& ref;
  const std::string& intent;

  [[noreturn]] void refuse(const std::string& pointer, const std::string& why, const std::string& hint) const {
    throw Error(code, ref + ": " + pointer + " " + why,
                {{"document", ref}, {"pointer", pointer}, {"intent_kind", intent}}, hint);
  }
};

bool compares_strictly(const contracts::GovernanceProfile& policy) {
  return policy.comparisons && std::ranges::any_of(*policy.comparisons, [](const auto& comparison) {
           return comparison.severity == "block";
         });
}

/// `is` must be so for one intent, and not for any other.
void require_exactly_for(std::string_view intent, const Complaint& complaint, bool is, const std::string& pointer,
                         const std::string& what, const std::string& hint) {
  const std::string wanted(intent);
  if (complaint.intent == intent && !is) complaint.refuse(pointer, "is missing: " + wanted + " needs " + what, hint);
  if (complaint.intent != intent && is)
    complaint.refuse(pointer, "is for " + wanted + " alone, and the request asks for " + complaint.intent,
                     "Ask for " + wanted + ", or use a training profile without it.");
}

void require_split_of(const Complaint& complaint, const std::string& strategy) {
  const bool evaluates = only_evaluates(complaint.intent);
  if (evaluates == (strategy == kAllTest)) return;
  if (evaluates)
    complaint.refuse("/split_strategy", "is " + strategy + ", and " + complaint.intent + " trains nothing",
                     "Write split_strategy: all_test and split: {}; every eligible row then tests.");
  complaint.refuse("/split_strategy", "is all_test, which leaves " + complaint.intent + " nothing to train on",
                   "Use time_based or entity_hash; all_test is for candidate_eval alone.");
}

}  // namespace

bool only_evaluates(const std::string& intent_kind) { return intent_kind == kCandidateEval; }

bool only_evaluates(const ledger::RunState& state) {
  return !state.request.empty() && only_evaluates(contracts::read_recorded_request(state.request).intent_kind);
}

void require_profiles_of(const std::string& intent_kind, const ProfilesOfIntent& profiles) {
  const Complaint training{Code::TRAINING_PROFILE_INVALID, profiles.training_ref, intent_kind};
  const Complaint policy{Code::GOVERNANCE_PROFILE_INVALID, profiles.policy_ref, intent_kind};
  require_exactly_for(kCandidateEval, training, profiles.training.candidate.has_value(), "/candidate",
                      "the bundle that it evaluates",
                      "Name it: candidate: {bundle_id: <64 hex digits>, bundle_version: v0-...}.");
  require_split_of(training, profiles.training.split_strategy);
  require_exactly_for(kBackfillRetrain, training, profiles.training.supersedes.has_value(), "/supersedes",
                      "the bundle that it supersedes, and why",
                      "Name it: supersedes: {bundle_id: <64 hex digits>, bundle_version: v0-..., reason: ...}.");
  if (intent_kind == kRegressionCheck && !(profiles.policy && profiles.policy->baseline))
    policy.refuse("/baseline", "is missing: regression_check needs the bundle to compare with",
                  "Use an mf.governance_profile.v1 with baseline and comparisons.");
  if (intent_kind == kRegressionCheck && !compares_strictly(*profiles.policy))
    policy.refuse("/comparisons", "only warn: regression_check needs one that blocks",
                  "Give a comparison the severity block.");
}

}  // namespace mf::factory
