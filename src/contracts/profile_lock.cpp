#include "mf/contracts/profile_lock.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "contracts/evaluation_check.hpp"
#include "contracts/field_fault.hpp"
#include "contracts/strict_json.hpp"
#include "contracts/strict_yaml.hpp"
#include "contracts/stripped.hpp"
#include "mf/contracts/document.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/time.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

constexpr const char* kManifestV0 = "learning.dataset_manifest.v0";

json parse(std::string_view bytes, Syntax syntax, const std::string& where) {
  return syntax == Syntax::json ? parse_strict_json(bytes, where) : parse_strict_yaml(bytes, where);
}

json parse_profile(std::string_view bytes, const std::string& where, Code unresolved) {
  json profile;
  try {
    profile = parse(bytes, syntax_of(where), where);
  } catch (const Error& error) {
    throw Error(unresolved, error.message(), error.context(), error.hint());
  }
  if (!profile.is_object())
    throw Error(unresolved, where + " holds no profile: its top level is not a map of keys", {{"document", where}});
  return profile;
}

bool is_v1(const json& profile) { return profile.contains("schema_version"); }

/// The older form's text under the first of `names` that says something: a text that is not blank, or an integer but 0.
std::string older_text(const json& object, std::initializer_list<const char*> names, const std::string& where,
                       Code unresolved) {
  for (const char* name : names) {
    const auto member = object.find(name);
    if (member == object.end()) continue;
    if (member->is_string() && !stripped(member->get_ref<const std::string&>()).empty())
      return stripped(member->get_ref<const std::string&>());
    if (member->is_number_integer() && *member != 0) return member->dump();
  }
  const std::string pointer = std::string("/") + *names.begin();
  throw Error(unresolved, where + ": " + pointer + " is missing or says nothing",
              {{"document", where}, {"pointer", pointer}});
}

FeatureDefinitionSet older_features(const json& profile, const std::string& where) {
  const auto features = profile.find("feature_definition_set");
  if (features == profile.end() || !features->is_object())
    throw Error(Code::TRAINING_PROFILE_UNRESOLVED, where + ": /feature_definition_set is missing or no map",
                {{"document", where}, {"pointer", "/feature_definition_set"}});
  return {older_text(*features, {"feature_set_id"}, where, Code::TRAINING_PROFILE_UNRESOLVED),
          older_text(*features, {"feature_set_version"}, where, Code::TRAINING_PROFILE_UNRESOLVED)};
}

/// The older form may leave the version open, and then means v0; what it says is never read as if it said nothing.
std::string older_manifest_version(const json& profile) {
  const auto version = profile.find("expected_manifest_schema_version");
  const bool silent = version == profile.end() || *version == nullptr || *version == false || *version == 0;
  if (silent) return kManifestV0;
  if (!version->is_string()) return version->dump();
  const std::string text = stripped(version->get_ref<const std::string&>());
  return text.empty() ? kManifestV0 : text;
}

[[noreturn]] void refuse_split(const std::string& where, const std::string& pointer, const std::string& why,
                               const std::string& hint) {
  throw Error(Code::TRAINING_PROFILE_INVALID, where + ": " + pointer + why, {{"document", where}, {"pointer", pointer}},
              hint);
}

void require_whole_shares(const TrainingProfile::Split& split, const std::string& where) {
  const char* hint = "Give three fractions that sum to 1, such as 0.7, 0.15 and 0.15.";
  if (!split.train || !split.validation || !split.test)
    refuse_split(where, "/split", " should have train, validation and test, or cut times", hint);
  const double sum = *split.train + *split.validation + *split.test;
  if (std::abs(sum - 1.0) > 1e-9)
    refuse_split(where, "/split", ": train, validation and test should sum to 1; they sum to " + std::to_string(sum),
                 hint);
}

UtcTime cut_in(const std::string& text, const std::string& where, const std::string& pointer) {
  if (const auto time = parse_utc(text)) return *time;
  refuse_split(where, pointer, " is no RFC 3339 time", "Write it as 2026-02-10T00:00:00Z.");
}

void require_cuts(const TrainingProfile::Split& split, const std::string& where) {
  const char* hint = "Give shares or cut times; the cut times are validation_start_utc and a later test_start_utc.";
  if (split.train || split.validation || split.test)
    refuse_split(where, "/split", " has both shares and cut times", hint);
  if (!split.validation_start_utc) refuse_split(where, "/split", " has test_start_utc alone", hint);
  const UtcTime validation = cut_in(*split.validation_start_utc, where, "/split/validation_start_utc");
  if (split.test_start_utc && cut_in(*split.test_start_utc, where, "/split/test_start_utc") <= validation)
    refuse_split(where, "/split/test_start_utc", " is not after validation_start_utc", hint);
}

void require_split_by_entity(const TrainingProfile::Split& split, const std::string& where) {
  if (split.validation_start_utc || split.test_start_utc)
    refuse_split(where, "/split", " has cut times, and entity_hash does not cut by time", "Give shares.");
  if (split.embargo_hours != 0)
    refuse_split(where, "/split/embargo_hours", " is not 0, and entity_hash does not cut by time", "Leave it out.");
  if (!split.seed)
    refuse_split(where, "/split", " has no seed, and entity_hash hashes with one", "Give a seed, such as 31.");
}

void require_no_split(const TrainingProfile& profile, const std::string& where) {
  const auto& split = profile.split;
  if (split.train || split.validation || split.test || split.validation_start_utc || split.test_start_utc ||
      split.seed || split.embargo_hours != 0)
    refuse_split(where, "/split", " says how to split, and all_test does not", "Write split: {}.");
  if (profile.sampling)
    refuse_split(where, "/sampling", " is of the train part, and all_test has none", "Leave it out.");
}

/// What a split needs beyond its schema; whether it fits the manifests' roles is seen when they are resolved.
void require_whole_split(const TrainingProfile& profile, const std::string& where) {
  if (profile.split_strategy == "all_test") return require_no_split(profile, where);
  const auto& split = profile.split;
  const bool by_entity = profile.split_strategy == "entity_hash";
  if (by_entity) require_split_by_entity(split, where);
  if (!by_entity && split.seed)
    refuse_split(where, "/split/seed", " is given, and a split by time has no seed", "Leave it out.");
  if (split.validation_start_utc || split.test_start_utc)
    require_cuts(split, where);
  else
    require_whole_shares(split, where);
}

[[noreturn]] void refuse_criterion(const std::string& where, const std::string& pointer, const std::string& why) {
  refuse_field(Code::GOVERNANCE_PROFILE_INVALID, where, pointer, why);
}

void require_new_id(std::set<std::string>& ids, const std::string& id, const std::string& where,
                    const std::string& pointer) {
  if (!ids.insert(id).second) refuse_criterion(where, pointer + "/id", "is the id of an earlier criterion");
}

void check_criteria(const GovernanceProfile& profile, std::set<std::string>& ids, const std::string& where) {
  for (std::size_t i = 0; i < profile.criteria.size(); ++i) {
    const Criterion& criterion = profile.criteria[i];
    const std::string pointer = "/criteria/" + std::to_string(i);
    if (criterion.at_least.has_value() == criterion.at_most.has_value())
      refuse_criterion(where, pointer, "should have exactly one of at_least and at_most");
    require_new_id(ids, criterion.id, where, pointer);
  }
}

void check_comparisons(const GovernanceProfile& profile, std::set<std::string>& ids, const std::string& where) {
  if (profile.baseline && !profile.comparisons)
    refuse_criterion(where, "/baseline", "is given without comparisons, which alone need it");
  if (!profile.comparisons) return;
  if (!profile.baseline) refuse_criterion(where, "/comparisons", "need a baseline, which is not given");
  for (std::size_t i = 0; i < profile.comparisons->size(); ++i)
    require_new_id(ids, (*profile.comparisons)[i].id, where, "/comparisons/" + std::to_string(i));
}

/// What a policy needs beyond its schema.
void check_policy(const GovernanceProfile& profile, const std::string& where) {
  std::set<std::string> ids;
  check_criteria(profile, ids, where);
  check_comparisons(profile, ids, where);
}

/// The older form's map of thresholds, with its pointer.
std::pair<const json*, std::string> older_thresholds(const json& profile) {
  const auto direct = profile.find("eval_thresholds");
  if (direct != profile.end()) return {&*direct, "/eval_thresholds"};
  const auto gate = profile.find("gate");
  if (gate != profile.end() && gate->is_object() && gate->contains("metrics_thresholds"))
    return {&gate->at("metrics_thresholds"), "/gate/metrics_thresholds"};
  return {nullptr, "/eval_thresholds"};
}

Criterion older_criterion(const std::string& name, const json& threshold, const std::string& where,
                          const std::string& pointer) {
  const bool known = name == "min_auc_roc" || name == "min_precision_at_50";
  if (!known) refuse_criterion(where, pointer, "is no known threshold; known are min_auc_roc and min_precision_at_50");
  if (!threshold.is_number()) refuse_criterion(where, pointer, "should be a number");
  return {.id = name,
          .metric = name.substr(4),
          .part = "test",
          .slice = {},
          .at_least = threshold.get<double>(),
          .at_most = {},
          .bound = {},
          .min_rows = {},
          .min_frauds = {},
          .severity = "block"};
}

GovernanceProfile older_governance(const json& profile, const std::string& where) {
  const auto lock_code = Code::GOVERNANCE_PROFILE_UNRESOLVED;
  GovernanceProfile read;
  read.policy_id = older_text(profile, {"policy_id", "governance_policy_id"}, where, lock_code);
  read.revision = older_text(profile, {"revision", "version"}, where, lock_code);
  const auto [thresholds, pointer] = older_thresholds(profile);
  if (thresholds == nullptr || !thresholds->is_object() || thresholds->empty())
    refuse_criterion(where, pointer, "holds no thresholds; nothing can be judged without one");
  for (const auto& [name, threshold] : thresholds->items())
    read.criteria.push_back(older_criterion(name, threshold, where, pointer + "/" + name));
  return read;
}

}  // namespace

Syntax syntax_of(std::string_view name) {
  const std::size_t pin = name.find('@');
  return name.substr(0, pin).ends_with(".json") ? Syntax::json : Syntax::yaml;
}

std::string digest_of_document(std::string_view bytes, Syntax syntax, const std::string& where) {
  return identity::document_digest(parse(bytes, syntax, where));
}

bool has_schema_version(std::string_view bytes, const std::string& profile_ref) {
  try {
    const json profile = parse(bytes, syntax_of(profile_ref), profile_ref);
    return profile.is_object() && is_v1(profile);
  } catch (const Error&) {
    return false;
  }
}

ResolvedTrainPlan::TrainingProfileLock lock_training_profile(std::string_view bytes, const std::string& profile_ref) {
  const json profile = parse_profile(bytes, profile_ref, Code::TRAINING_PROFILE_UNRESOLVED);
  ResolvedTrainPlan::TrainingProfileLock lock;
  lock.profile_ref = profile_ref;
  lock.profile_digest = identity::document_digest(profile);
  if (is_v1(profile)) {
    const TrainingProfile read = read_training_profile(bytes, profile_ref);
    lock.policy_id = read.policy_id;
    lock.revision = read.revision;
    lock.feature_definition_set = read.feature_definition_set;
    lock.expected_manifest_schema_version = read.expected_manifest_schema_version;
  } else {
    lock.policy_id =
        older_text(profile, {"policy_id", "training_policy_id"}, profile_ref, Code::TRAINING_PROFILE_UNRESOLVED);
    lock.revision = older_text(profile, {"revision", "version"}, profile_ref, Code::TRAINING_PROFILE_UNRESOLVED);
    lock.feature_definition_set = older_features(profile, profile_ref);
    lock.expected_manifest_schema_version = older_manifest_version(profile);
  }
  lock.resolved_revision = lock.policy_id + "@" + lock.revision;
  return lock;
}

ResolvedTrainPlan::GovernanceProfileLock lock_governance_profile(std::string_view bytes,
                                                                 const std::string& profile_ref) {
  const json profile = parse_profile(bytes, profile_ref, Code::GOVERNANCE_PROFILE_UNRESOLVED);
  ResolvedTrainPlan::GovernanceProfileLock lock;
  lock.profile_ref = profile_ref;
  lock.profile_digest = identity::document_digest(profile);
  if (is_v1(profile)) {
    const GovernanceProfile read = read_governance_profile(bytes, profile_ref);
    lock.policy_id = read.policy_id;
    lock.revision = read.revision;
  } else {
    const auto code = Code::GOVERNANCE_PROFILE_UNRESOLVED;
    lock.policy_id = older_text(profile, {"policy_id", "governance_policy_id"}, profile_ref, code);
    lock.revision = older_text(profile, {"revision", "version"}, profile_ref, code);
  }
  lock.resolved_revision = lock.policy_id + "@" + lock.revision;
  return lock;
}

TrainingProfile read_training_profile(std::string_view bytes, const std::string& profile_ref) {
  const json profile = parse_profile(bytes, profile_ref, Code::TRAINING_PROFILE_INVALID);
  if (!is_v1(profile))
    throw Error(Code::TRAINING_PROFILE_INVALID,
                profile_ref + " is in the older form without schema_version, which says too little to train by",
                {{"document", profile_ref}}, "Write it as mf.training_profile.v1; `mf demo DIR` has an example.");
  auto read = read_by_name<TrainingProfile>(bytes, profile_ref);
  require_whole_split(read, profile_ref);
  check_evaluation(read.evaluation, profile_ref);
  return read;
}

GovernanceProfile read_governance_profile(std::string_view bytes, const std::string& profile_ref) {
  const json profile = parse_profile(bytes, profile_ref, Code::GOVERNANCE_PROFILE_INVALID);
  if (!is_v1(profile)) return older_governance(profile, profile_ref);
  auto read = read_by_name<GovernanceProfile>(bytes, profile_ref);
  check_policy(read, profile_ref);
  return read;
}

}  // namespace mf::contracts
