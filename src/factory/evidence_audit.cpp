#include "factory/evidence_audit.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "mf/error.hpp"
#include "mf/identity/canonical_json.hpp"

namespace mf::factory {
namespace {

constexpr const char* kPurpose = "mf_train_build";  ///< where no rules give one

bool has_segment(const std::string& key, const std::string& segment) {
  return ("/" + key + "/").find("/" + segment + "/") != std::string::npos;
}

}  // namespace

void EvidenceAudit::begin(const std::string& platform_run_id) {
  const std::scoped_lock lock(mutex_);
  platform_run_id_ = platform_run_id;
  seen_.clear();
}

void EvidenceAudit::ask(const std::string& key, const std::string& field) {
  const std::scoped_lock lock(mutex_);
  const std::string denial = denial_of(key);
  if (denial.empty()) return;
  note(key, field, denial);
  if (!rules_ || !rules_->strict) return;
  throw Error(Code::REF_ACCESS_DENIED, "the protected ref " + key + " may not be read by " + actor_id_ + ": " + denial,
              {{"ref", key}, {"actor", actor_id_}, {"reason_code", denial}, {"platform_run_id", platform_run_id_}});
}

void EvidenceAudit::answer(const std::string& key, const std::string& field, bool found) {
  const std::scoped_lock lock(mutex_);
  note(key, field, found ? "" : "REF_NOT_FOUND");
}

std::vector<EvidenceResolution> EvidenceAudit::take() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(resolved_, {});
}

std::string EvidenceAudit::denial_of(const std::string& key) const {
  const auto may = [&](const auto& rules) {
    return std::find(rules.allowed_actors.begin(), rules.allowed_actors.end(), actor_id_) != rules.allowed_actors.end();
  };
  if (rules_ && !may(*rules_)) return "REF_ACCESS_DENIED";
  return platform_run_id_.empty() || has_segment(key, platform_run_id_) ? "" : "REF_SCOPE_MISMATCH";
}

void EvidenceAudit::note(const std::string& key, const std::string& field, const std::string& reason_code) {
  if (!seen_.insert(key).second) return;
  EvidenceResolution resolution{key, (rules_ ? rules_->purpose : kPurpose) + (":" + field), reason_code};
  if (!platform_run_id_.empty())
    resolved_.push_back(std::move(resolution));
  else if (onlooker_)
    onlooker_(resolution);
}

void tell(ledger::Detail& detail, const std::vector<EvidenceResolution>& resolutions) {
  if (resolutions.empty()) return;
  auto list = nlohmann::json::array();
  for (const auto& one : resolutions) {
    nlohmann::json told = {{"purpose", one.purpose},
                           {"ref_id", one.ref_id},
                           {"ref_type", "artifact_ref"},
                           {"status", one.reason_code.empty() ? "RESOLVED" : "DENIED"}};
    if (!one.reason_code.empty()) told["reason_code"] = one.reason_code;
    list.push_back(std::move(told));
  }
  detail["evidence_refs"] = identity::canonical_json(list);
}

}  // namespace mf::factory
