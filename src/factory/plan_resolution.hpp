#pragma once
// From a request to a plan: every input found, checked and named by content.

#include <string>

#include "factory/registered_bundle.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/error.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// What resolution takes from the platform profile.
struct ResolutionRules {
  bool require_pinned_refs = false;
  OpenRegistry open_registry = {};  ///< called when a profile names a bundle
};

/// As the profile of `workshop` says, which must outlive them.
ResolutionRules rules_of(const Workshop& workshop);

/// Resolves `request` against `store`; the same store and request give the same plan. All manifests are checked before
/// a profile is opened, and all profiles before a materialisation is opened. Nothing is written. Throws the RESOLUTION
/// codes, RUN_SCOPE_INVALID, MANIFEST_IMMUTABILITY_VIOLATION, REF_INVALID, REF_UNPINNED; with a training profile that
/// can train also what require_profiles_of and lock_bundles throw.
contracts::ResolvedTrainPlan resolve_plan(const store::ArtifactStore& store, const ResolutionRules& rules,
                                          const contracts::TrainBuildRequest& request, const std::string& run_key);

/// The fingerprint that the digests in `plan` give, whatever fingerprint it carries.
std::string input_fingerprint_of(const contracts::ResolvedTrainPlan& plan);

/// The bytes behind a store key, checked against the pin of its ref. `unresolved` is raised when they are not there,
/// `mismatch` when they are others than pinned.
std::string fetch(const store::ArtifactStore& store, const std::string& ref, const std::string& field, Code unresolved,
                  Code mismatch);

}  // namespace mf::factory
