#pragma once
// Where the values of each feature are cut into bins.
//
// XGBoost finds its cuts by sketching, which takes longer than all else in making a quantile matrix, and about 1.7 MB
// for each feature. Sorting one feature after the other is faster, and exact.

#include <cstddef>
#include <vector>

#include "mf/dataset/batch_source.hpp"

namespace mf::engine {

/// A few rows from which XGBoost makes the cuts: row-major, `bins` + 1 rows of one value for each feature. The values
/// of a feature ascend from its least to its greatest and cut it into `bins` bins of about equal weight; where it has
/// fewer values all are there, and NaN after them; a feature of categories has its highest code, and NaN after it. Rows
/// of weight 0 do not count. They depend on nothing but the rows: not on `threads`, nor on how `source` cuts its
/// batches. It is read once for each group of features that fits into `group_bytes`, 16 for a value. Throws
/// ENGINE_FAILED on an infinite value, or what `source` throws.
std::vector<float> cut_rows(dataset::BatchSource& source, std::size_t bins, int threads,
                            std::size_t group_bytes = std::size_t{128} << 20);

}  // namespace mf::engine
