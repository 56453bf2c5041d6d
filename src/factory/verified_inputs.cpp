#include "factory/verified_inputs.hpp"

#include "factory/materialization_check.hpp"
#include "factory/plan_bundles.hpp"
#include "factory/profile_check.hpp"
#include "factory/weighed.hpp"
#include "mf/identity/ref.hpp"

namespace mf::factory {
namespace {

using contracts::ResolvedTrainPlan;

std::uint64_t require_data(const store::ArtifactStore& store, const ResolvedTrainPlan::DataFile& file) {
  const std::string key = identity::parse_ref(file.ref, "/files/ref").location;
  const auto source = store.open(key);
  if (!source)
    throw Error(Code::MATERIALIZATION_UNRESOLVED, key + " is not in the store " + store.describe(), {{"ref", key}});
  const Weighed weighed = weigh(*source);
  if (weighed.sha256 != file.sha256)
    throw Error(Code::MATERIALIZATION_DIGEST_MISMATCH, key + " has other bytes than the plan locked",
                {{"ref", key}, {"expected", file.sha256}, {"observed", weighed.sha256}});
  return weighed.bytes;
}

void check_dataset(Verification& verification, const store::ArtifactStore& store,
                   const ResolvedTrainPlan::Manifest& manifest) {
  const auto& materialization = manifest.materialization;
  verification.check_file("dataset manifest", manifest.manifest_ref, ExpectedDigest{manifest.payload_digest, true},
                          [&] { return locked_manifest(store, manifest).size(); });
  verification.check_file("materialisation", materialization.ref, ExpectedDigest{materialization.sha256},
                          [&] { return locked_materialization(store, materialization).size(); });
  for (const auto& file : materialization.files)
    verification.check_file("data file", file.ref, ExpectedDigest{file.sha256},
                            [&] { return require_data(store, file); });
}

std::uint64_t size_of(const RegisteredBundle& bundle) {
  std::uint64_t bytes = 0;
  for (const auto& member : bundle.manifest.members) bytes += static_cast<std::uint64_t>(member.bytes);
  return bytes;
}

}  // namespace

void check_inputs(Verification& verification, const store::ArtifactStore& store, const ResolvedTrainPlan& plan,
                  const OpenRegistry& open_registry) {
  for (const auto& manifest : plan.canonical_manifests()) check_dataset(verification, store, manifest);
  verification.check_file("training profile", plan.training_profile.profile_ref,
                          ExpectedDigest{plan.training_profile.profile_digest, true},
                          [&] { return locked_training_bytes(store, plan).size(); });
  verification.check_file("governance profile", plan.governance_profile.profile_ref,
                          ExpectedDigest{plan.governance_profile.profile_digest, true},
                          [&] { return locked_governance_bytes(store, plan).size(); });
  for (const auto& [name, lock] : locked_bundles(plan))
    verification.check_file(std::string(name) + " bundle", lock.bundle_id, ExpectedDigest{lock.manifest_sha256},
                            [&, &locked = lock] { return size_of(read_locked_bundle(open_registry, locked)); });
}

}  // namespace mf::factory
