#pragma once
// Apache Arrow, behind dataset/parquet_abi.hpp. It is loaded when the first Parquet file is met.

#include <string>

#include "dataset/parquet_abi.hpp"

namespace mf::dataset {

/// Loads `library`, which then stays for as long as the process. Throws FORMAT_UNSUPPORTED when it is not there, or is
/// of another version than this program.
const MfParquetFunctions& load_parquet(const char* library);

/// The library in use, loaded by the first call. Throws what load_parquet throws; then the next call tries again.
const MfParquetFunctions& parquet();

/// Throws FORMAT_UNSUPPORTED, naming the dataset, unless Parquet can be read.
void require_parquet(const std::string& dataset_manifest_id);

}  // namespace mf::dataset
