#pragma once
// How well one feature alone tells the classes apart.

#include <cstddef>
#include <vector>

#include "mf/dataset/batch_source.hpp"

namespace mf::dataset {

/// The ROC AUC of each feature over `rows` (both classes present), the better of the two directions: 0.5 to 1. Missing
/// values rank lowest, categories by their share of positives, ties count half. Runs on `threads` threads (at least
/// one); the result does not depend on how many. Reads `rows` once for each group of features that fits into
/// `group_bytes`, eight for a value; each thread takes eight bytes more for each row.
std::vector<double> single_feature_aucs(BatchSource& rows, int threads,
                                        std::size_t group_bytes = std::size_t{64} << 20);

}  // namespace mf::dataset
