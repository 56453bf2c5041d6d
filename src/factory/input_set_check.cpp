#include "factory/input_set_check.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "mf/dataset/read_rows.hpp"
#include "mf/dataset/split.hpp"
#include "mf/error.hpp"
#include "mf/identity/ref.hpp"
#include "mf/time.hpp"

namespace mf::factory {
namespace {

using contracts::DatasetMaterialization;

constexpr const char* kManifestV0 = "learning.dataset_manifest.v0";

const std::string& as_of_text(const ResolvedManifest& manifest) { return manifest.document.label_basis.label_asof_utc; }

/// Nothing where a v0 manifest spells it in a way of its own, which v0 allows: it resolves, and cannot be trained on.
std::optional<UtcTime> as_of(const ResolvedManifest& manifest) {
  const auto time = parse_utc(as_of_text(manifest));
  if (!time && manifest.document.schema_version != kManifestV0)
    throw Error(Code::MANIFEST_INVALID, manifest.ref + ": /label_basis/label_asof_utc is no RFC 3339 time",
                {{"ref", manifest.ref}, {"pointer", "/label_basis/label_asof_utc"}},
                "Write it as 2026-02-10T00:00:00Z.");
  return time;
}

bool same_as_of(const ResolvedManifest& a, const ResolvedManifest& b) {
  const auto one = as_of(a);
  const auto other = as_of(b);
  return one && other ? *one == *other : as_of_text(a) == as_of_text(b);
}

/// What one row of the dataset stands for, in words.
std::string subject_of(const ResolvedManifest& manifest) {
  if (!manifest.document.join_scope) return "none";
  std::string keys;
  for (const auto& key : manifest.document.join_scope->subject_key) keys += (keys.empty() ? "" : ", ") + key;
  return keys;
}

bool same_subject(const ResolvedManifest& a, const ResolvedManifest& b) {
  const auto& one = a.document.join_scope;
  const auto& other = b.document.join_scope;
  return one.has_value() == other.has_value() && (!one || one->subject_key == other->subject_key);
}

/// The same rows under two names would count twice, and could be trained on and tested with.
void require_files_once(const std::vector<DatasetMaterialization>& materializations) {
  std::map<std::string, std::string> owners;
  for (const auto& of : materializations)
    for (const auto& file : of.files) {
      const std::string place = identity::parse_ref(file.ref, "/files").location;
      const auto [owner, fresh] = owners.emplace(place, of.dataset_manifest_id);
      if (!fresh)
        throw Error(Code::MATERIALIZATION_INVALID,
                    place + " is a data file of " + owner->second + " and again of " + of.dataset_manifest_id,
                    {{"ref", place}, {"dataset_manifest_id", of.dataset_manifest_id}},
                    "List every data file once, and name every dataset by one ref.");
    }
}

void require_no_roles(const std::vector<ResolvedManifest>& manifests) {
  for (const auto& manifest : manifests)
    if (manifest.document.dataset_role)
      throw Error(Code::MANIFEST_INVALID,
                  manifest.ref + ": /dataset_role is " + *manifest.document.dataset_role + ", and others have none",
                  {{"ref", manifest.ref}, {"pointer", "/dataset_role"}},
                  "Give every manifest of the request a role, or none.");
}

}  // namespace

void require_one_content_per_id(const std::vector<ResolvedManifest>& manifests) {
  std::map<std::string, const ResolvedManifest*> by_id;
  for (const auto& manifest : manifests) {
    const auto [seen, fresh] = by_id.emplace(manifest.document.dataset_manifest_id, &manifest);
    if (!fresh && seen->second->payload_digest != manifest.payload_digest)
      throw Error(
          Code::MANIFEST_IMMUTABILITY_VIOLATION,
          "dataset_manifest_id " + manifest.document.dataset_manifest_id + " has one content under " +
              seen->second->ref + " and another under " + manifest.ref,
          {{"ref", manifest.ref}, {"expected", seen->second->payload_digest}, {"observed", manifest.payload_digest}});
  }
}

void require_one_as_of(const std::vector<ResolvedManifest>& manifests) {
  for (const auto& manifest : manifests)
    if (!same_as_of(manifest, manifests.front()))
      throw Error(Code::AS_OF_INCONSISTENT_ACROSS_SET,
                  manifest.ref + " was cut at " + as_of_text(manifest) + ", " + manifests.front().ref + " at " +
                      as_of_text(manifests.front()),
                  {{"ref", manifest.ref}, {"pointer", "/label_basis/label_asof_utc"}});
}

void require_one_subject(const std::vector<ResolvedManifest>& manifests) {
  for (const auto& manifest : manifests)
    if (!same_subject(manifest, manifests.front()))
      throw Error(Code::FEATURE_SCHEMA_INCOMPATIBLE,
                  manifest.ref + " has the subject key " + subject_of(manifest) + ", " + manifests.front().ref +
                      " has " + subject_of(manifests.front()),
                  {{"ref", manifest.ref}, {"pointer", "/join_scope/subject_key"}},
                  "Train on manifests whose rows stand for the same thing.");
}

bool is_sampled(const std::optional<contracts::DatasetManifest::Sampling>& sampling) {
  return sampling && sampling->rule != "none";
}

void require_pinned_sampling(const std::vector<ResolvedManifest>& manifests) {
  for (const auto& manifest : manifests) {
    const auto& sampling = manifest.document.sampling;
    if (is_sampled(sampling) && (!sampling->rate || !sampling->seed))
      throw Error(Code::MANIFEST_INVALID,
                  manifest.ref + ": /sampling has the rule " + sampling->rule + " without rate and seed",
                  {{"ref", manifest.ref}, {"pointer", "/sampling"}},
                  "Say by which rate and seed the rows were sampled; none is the rule when every row is there.");
  }
}

void require_roles(const std::vector<ResolvedManifest>& manifests, const contracts::TrainingProfile& profile) {
  const auto count = [&](const std::optional<std::string>& role) {
    return std::count_if(manifests.begin(), manifests.end(),
                         [&](const auto& manifest) { return manifest.document.dataset_role == role; });
  };
  const auto without = count({});
  if (without > 0) require_no_roles(manifests);
  // Where every row tests, it does not matter what else it was meant for.
  if (profile.split_strategy == "all_test") return;
  for (const char* role : {"train", "evaluation"})
    if (without == 0 && count(role) == 0)
      throw Error(Code::SPLIT_INVALID, std::string("no manifest has the dataset_role ") + role, {{"expected", role}},
                  "Name manifests of both roles, or leave the roles out.");
  dataset::require_cuts_fit(profile.split, without == 0);
}

void require_one_table(const std::vector<DatasetMaterialization>& materializations) {
  require_files_once(materializations);
  dataset::require_one_table(materializations);
}

}  // namespace mf::factory
