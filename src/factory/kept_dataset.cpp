#include "factory/kept_dataset.hpp"

#include "factory/records.hpp"
#include "mf/identity/ref.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

constexpr const char* kDataFile = "part-00000.";  // and the format

void keep_once(store::ArtifactStore& store, const std::string& key, std::string_view bytes) {
  if (store.put_if_absent(key, bytes) == store::ArtifactStore::Put::conflict)
    refuse_drift(Code::MANIFEST_IMMUTABILITY_VIOLATION, key);
}

}  // namespace

KeptDataset keep_dataset(store::ArtifactStore& store, std::string_view bytes, dataset::PinnedDataset pinned) {
  auto& manifest = pinned.manifest;
  const std::string& scope = manifest.platform_run_id;
  const std::string& id = manifest.dataset_manifest_id;
  KeptDataset kept;
  kept.dataset_manifest_id = id;
  kept.data_ref = store::layout::dataset_file(scope, id, kDataFile + pinned.materialization.format);
  kept.materialization_ref = store::layout::materialization(scope, id);
  kept.manifest_ref = store::layout::dataset_manifest(scope, id);

  keep_once(store, kept.data_ref, bytes);
  pinned.materialization.files.front().ref = kept.data_ref;
  const std::string materialization = contracts::write(pinned.materialization);
  keep_once(store, kept.materialization_ref, materialization);
  manifest.materialization_ref = identity::pinned(kept.materialization_ref, identity::sha256_hex(materialization));
  const std::string document = contracts::write(manifest);
  keep_once(store, kept.manifest_ref, document);
  kept.manifest_sha256 = identity::sha256_hex(document);
  return kept;
}

}  // namespace mf::factory
