#pragma once
// Whether Parquet can be read here.
//
// Room: dataset (the only room that touches Apache Arrow).

#include <string>

namespace mf::dataset {

/// What reads Parquet, such as `Apache Arrow 26.0.1`. Loads it. Throws FORMAT_UNSUPPORTED when it is not there.
std::string parquet_version();

}  // namespace mf::dataset
