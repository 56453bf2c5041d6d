#pragma once
// A pinned dataset in the store.

#include <string>
#include <string_view>

#include "mf/dataset/pin.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// Where a dataset was kept.
struct KeptDataset {
  std::string manifest_ref, manifest_sha256, materialization_ref, data_ref, dataset_manifest_id;
};

/// Keeps `bytes`, which are the rows, then the materialisation, then the manifest that pins it. The same dataset is
/// kept once. Throws MANIFEST_IMMUTABILITY_VIOLATION when other bytes stand in its place.
KeptDataset keep_dataset(store::ArtifactStore& store, std::string_view bytes, dataset::PinnedDataset pinned);

}  // namespace mf::factory
