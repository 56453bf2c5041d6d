#pragma once
// Describing a user's own Parquet file.

#include <string>
#include <string_view>

#include "mf/dataset/pin.hpp"

namespace mf::dataset {

/// What pin_file promises, for Parquet. A column without values counts as what its type says.
PinnedDataset pin_parquet(const PinSettings& settings, std::string_view bytes, const std::string& file_name);

}  // namespace mf::dataset
