#include "factory/plan_resolution.hpp"

#include <algorithm>

#include "factory/evaluation_check.hpp"
#include "factory/input_set_check.hpp"
#include "factory/materialization_check.hpp"
#include "factory/plan_bundles.hpp"
#include "factory/profile_check.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/profile_lock.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/identity/ref.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

using contracts::DatasetManifest;
using contracts::ResolvedTrainPlan;
using contracts::TrainBuildRequest;

std::vector<std::string> without_repeats(const std::vector<std::string>& refs) {
  std::vector<std::string> unique;
  for (const auto& ref : refs)
    if (std::find(unique.begin(), unique.end(), ref) == unique.end()) unique.push_back(ref);
  return unique;
}

void require_pin(const std::string& ref, const std::string& field) {
  if (!identity::parse_ref(ref, field).pin)
    throw Error(Code::REF_UNPINNED, field + ": " + ref + " carries no digest, and the platform profile requires one",
                {{"ref", ref}, {"field", field}});
}

void require_pins(const TrainBuildRequest& request) {
  for (std::size_t i = 0; i < request.dataset_manifest_refs.size(); ++i)
    require_pin(request.dataset_manifest_refs[i], "/dataset_manifest_refs/" + std::to_string(i));
  require_pin(request.training_config_ref, "/training_config_ref");
  require_pin(request.governance_profile_ref, "/governance_profile_ref");
}

/// A manifest that cannot even be parsed is as good as absent; one that can must fit its schema.
std::string digest_of_manifest(const std::string& bytes, const std::string& ref) {
  try {
    return contracts::digest_of_document(bytes, contracts::Syntax::json, ref);
  } catch (const Error& error) {
    throw Error(Code::MANIFEST_UNRESOLVED, error.message(), error.context(), error.hint());
  }
}

ResolvedManifest resolve_manifest(const store::ArtifactStore& store, const std::string& ref,
                                  const std::string& platform_run_id) {
  const std::string bytes =
      fetch(store, ref, "/dataset_manifest_refs", Code::MANIFEST_UNRESOLVED, Code::MANIFEST_DIGEST_MISMATCH);
  ResolvedManifest manifest;
  manifest.ref = ref;
  manifest.payload_digest = digest_of_manifest(bytes, ref);
  manifest.document = contracts::read_json<DatasetManifest>(bytes, ref);
  if (manifest.document.platform_run_id != platform_run_id)
    throw Error(
        Code::RUN_SCOPE_INVALID,
        ref + ": /platform_run_id is " + manifest.document.platform_run_id + ", the request's is " + platform_run_id,
        {{"ref", ref}, {"pointer", "/platform_run_id"}});
  return manifest;
}

void require_compatible(const ResolvedManifest& manifest, const ResolvedTrainPlan::TrainingProfileLock& profile) {
  const auto refuse = [&](const std::string& what, const std::string& has, const std::string& wants) {
    throw Error(Code::FEATURE_SCHEMA_INCOMPATIBLE,
                manifest.ref + " has " + what + " " + has + ", the training profile expects " + wants,
                {{"ref", manifest.ref}, {"expected", wants}, {"observed", has}});
  };
  const auto& has = manifest.document.feature_definition_set;
  const auto& wants = profile.feature_definition_set;
  if (has != wants)
    refuse("the features", has.feature_set_id + "@" + has.feature_set_version,
           wants.feature_set_id + "@" + wants.feature_set_version);
  if (manifest.document.schema_version != profile.expected_manifest_schema_version)
    refuse("the schema version", manifest.document.schema_version, profile.expected_manifest_schema_version);
}

ResolvedTrainPlan::Manifest lock_of(const ResolvedManifest& manifest) {
  const auto& document = manifest.document;
  ResolvedTrainPlan::Manifest lock;
  lock.manifest_ref = manifest.ref;
  lock.schema_version = document.schema_version;
  lock.dataset_manifest_id = document.dataset_manifest_id;
  lock.dataset_fingerprint = document.dataset_fingerprint;
  lock.platform_run_id = document.platform_run_id;
  lock.feature_definition_set = document.feature_definition_set;
  lock.payload_digest = manifest.payload_digest;
  lock.label_asof_utc = document.label_basis.label_asof_utc;
  lock.maturity_days = document.label_basis.maturity_days;
  lock.ofs_code_release_id = document.provenance.ofs_code_release_id;
  return lock;
}

struct LockedDatasets {
  std::vector<ResolvedTrainPlan::Manifest> locks;
  std::vector<contracts::DatasetMaterialization> materializations;
};

/// Locks every manifest with its materialisation; together the materialisations must make one table.
LockedDatasets lock_datasets(const store::ArtifactStore& store, const std::vector<ResolvedManifest>& manifests) {
  LockedDatasets locked;
  for (const auto& manifest : manifests) {
    auto found = resolve_materialization(store, manifest.document, manifest.ref);
    locked.locks.push_back(lock_of(manifest));
    locked.locks.back().materialization = std::move(found.lock);
    locked.materializations.push_back(std::move(found.document));
  }
  require_one_table(locked.materializations);
  return locked;
}

/// What the manifests must share with the profile and with one another.
void require_consistent(const std::vector<ResolvedManifest>& manifests, const ResolvedTrainingProfile& profile) {
  for (const auto& manifest : manifests) require_compatible(manifest, profile.lock);
  require_one_as_of(manifests);
  require_one_subject(manifests);
  require_pinned_sampling(manifests);
  if (!profile.profile) return;
  require_roles(manifests, *profile.profile);
  for (const auto& manifest : manifests) require_label_rule(*profile.profile, manifest.document, manifest.ref);
}

/// The older form resolves and cannot train, so an intent asks nothing of it.
std::optional<ProfilesOfIntent> profiles_that_train(const TrainBuildRequest& request,
                                                    const ResolvedTrainingProfile& training,
                                                    const ResolvedGovernanceProfile& governance) {
  if (!training.profile) return {};
  return ProfilesOfIntent{*training.profile, request.training_config_ref, governance.profile,
                          request.governance_profile_ref};
}

/// What the audit calls an input, by the code of its absence; empty for one that is not protected.
std::string_view protected_input(Code unresolved) {
  if (unresolved == Code::MANIFEST_UNRESOLVED) return "dataset_manifest";
  if (unresolved == Code::MATERIALIZATION_UNRESOLVED) return "dataset_materialization";
  return {};
}

/// What is too large to be a document is, to whoever asks for the document, not one.
std::optional<std::string> find_document(const store::ArtifactStore& store, const std::string& key, Code unresolved) {
  try {
    const std::string what(protected_input(unresolved));
    return what.empty() ? store.find(key) : store.find_protected(key, what);
  } catch (const Error& error) {
    if (error.code() != Code::DOCUMENT_INVALID) throw;
    throw Error(unresolved, error.message(), error.context());
  }
}

}  // namespace

ResolutionRules rules_of(const Workshop& workshop) {
  return {workshop.profile.require_pinned_refs, [&workshop] { return open_registry(workshop); }};
}

std::string input_fingerprint_of(const ResolvedTrainPlan& plan) {
  std::vector<std::pair<std::string, std::string>> inputs = {
      {"training_profile", plan.training_profile.profile_digest},
      {"governance_profile", plan.governance_profile.profile_digest},
      {"code_release", identity::sha256_hex(plan.input_refs.mf_code_release_id)}};
  for (const auto& manifest : plan.dataset_manifests) {
    inputs.emplace_back("dataset_manifest", manifest.payload_digest);
    inputs.emplace_back("dataset_materialization", manifest.materialization.sha256);
    for (const auto& file : manifest.materialization.files) inputs.emplace_back("data_file", file.sha256);
  }
  for (const auto& [name, lock] : locked_bundles(plan))
    inputs.emplace_back(std::string(name) + "_bundle", lock.manifest_sha256);
  return identity::input_fingerprint(std::move(inputs));
}

std::string fetch(const store::ArtifactStore& store, const std::string& ref_text, const std::string& field,
                  Code unresolved, Code mismatch) {
  const auto ref = identity::parse_ref(ref_text, field);
  if (ref.scheme != identity::Ref::Scheme::store)
    throw Error(Code::REF_OUTSIDE_ROOT, field + ": " + ref_text + " leads outside the object store",
                {{"ref", ref_text}}, "Copy the file into the store and name it by its key.");
  auto bytes = find_document(store, ref.location, unresolved);
  if (!bytes)
    throw Error(unresolved, field + ": " + ref.location + " is not in the store " + store.describe(),
                {{"ref", ref_text}, {"field", field}});
  const std::string observed = identity::sha256_hex(*bytes);
  if (ref.pin && identity::to_hex(*ref.pin) != observed)
    throw Error(mismatch, ref.location + " has other bytes than its ref pins",
                {{"ref", ref.location}, {"expected", identity::to_hex(*ref.pin)}, {"observed", observed}});
  return std::move(*bytes);
}

ResolvedTrainPlan resolve_plan(const store::ArtifactStore& store, const ResolutionRules& rules,
                               const TrainBuildRequest& request, const std::string& run_key) {
  if (rules.require_pinned_refs) require_pins(request);
  const auto refs = without_repeats(request.dataset_manifest_refs);
  std::vector<ResolvedManifest> manifests;
  for (const auto& ref : refs) manifests.push_back(resolve_manifest(store, ref, request.platform_run_id));
  require_one_content_per_id(manifests);

  ResolvedTrainPlan plan;
  const auto training = resolve_training_profile(store, request.training_config_ref);
  plan.training_profile = training.lock;
  const auto governance = resolve_governance_profile(store, request.governance_profile_ref);
  plan.governance_profile = governance.lock;
  require_consistent(manifests, training);
  const auto profiles = profiles_that_train(request, training, governance);
  if (profiles) require_profiles_of(request.intent_kind, *profiles);

  plan.run_key = run_key;
  plan.request_id = request.request_id;
  plan.intent_kind = request.intent_kind;
  plan.platform_run_id = request.platform_run_id;
  auto datasets = lock_datasets(store, manifests);
  plan.dataset_manifests = std::move(datasets.locks);
  const auto& rows = datasets.materializations.front();
  if (training.profile) {
    require_columns(*training.profile, request.training_config_ref, rows);
    if (governance.profile)
      require_computable(*governance.profile, request.governance_profile_ref, *training.profile, rows);
  }
  plan.input_refs = {refs,
                     request.training_config_ref,
                     request.governance_profile_ref,
                     request.target_scope,
                     request.policy_revision,
                     request.config_revision,
                     request.mf_code_release_id};
  if (profiles) lock_bundles(plan, *profiles, rows, rules.open_registry);
  plan.input_fingerprint = input_fingerprint_of(plan);
  return plan;
}

}  // namespace mf::factory
