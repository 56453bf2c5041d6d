#pragma once
// How well one feature alone tells the classes apart.

#include <cstddef>
#include <span>
#include <vector>

#include "mf/dataset/rows.hpp"

namespace mf::dataset {

/// The ROC AUC of each feature over `chosen` rows (their labels known, both classes present), the better of the two
/// directions: 0.5 to 1. Missing values rank lowest, ties count half. Runs on `threads` threads (at least one); the
/// result does not depend on how many. Memory: 16 bytes for each chosen row and thread.
std::vector<double> single_feature_aucs(const Rows& rows, std::span<const std::size_t> chosen, int threads);

}  // namespace mf::dataset
