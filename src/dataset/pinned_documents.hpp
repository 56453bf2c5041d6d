#pragma once
// The two documents of a pinned file, whatever its format.

#include <string>

#include "dataset/hashed_blocks.hpp"
#include "mf/dataset/pin.hpp"

namespace mf::dataset {

/// What one pass over the file tells.
struct PinnedFile {
  Fingerprint bytes;
  contracts::DatasetManifest::LabelCoverage coverage;
};

/// Throws DATA_INVALID unless a column that `pinned` declares is a feature.
void require_features(const PinnedDataset& pinned, const std::string& file_name);

/// Throws DATA_INVALID unless both labels are known of some rows.
void require_both_classes(const contracts::DatasetManifest::LabelCoverage& coverage, const std::string& file_name);

/// Completes both documents; the columns of the materialisation are declared already.
void describe(PinnedDataset& pinned, const PinSettings& settings, const PinnedFile& file);

}  // namespace mf::dataset
