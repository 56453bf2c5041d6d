#pragma once
// How well one feature alone tells the classes apart, and how closely it follows time and row order.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mf/dataset/batch_source.hpp"

namespace mf::dataset {

/// What the order of a feature's values says. Missing values are one value, the lowest; categories rank by their share
/// of positives, and follow nothing.
struct FeatureRanking {
  double auc = 0.5;                                  ///< the better of the two directions: 0.5 to 1; ties count half
  std::size_t distinct = 0;                          ///< different values
  double time_correlation = 0, row_correlation = 0;  ///< Spearman's, -1 to 1; 0 where `is_id_like` is false
};

/// Whether `distinct` different values among `rows` are nearly all different: nine in ten.
bool is_id_like(std::size_t distinct, std::size_t rows);

/// Twice the rank of each of `times` among all, ties averaged, so that all sum to 0. Takes four bytes more for each.
std::vector<std::int32_t> centred_ranks(std::span<const std::int64_t> times);

/// The ranking of each feature over `rows` (both classes present; fewer than 2^31), whose times have the centred ranks
/// `time_ranks`. Runs on `threads` threads (at least one); the result does not depend on how many. Reads `rows` once
/// for each group of features that fits into `group_bytes`, eight for a value; each thread takes eight bytes more for
/// each row.
std::vector<FeatureRanking> rank_features(BatchSource& rows, std::span<const std::int32_t> time_ranks, int threads,
                                          std::size_t group_bytes = std::size_t{64} << 20);

}  // namespace mf::dataset
