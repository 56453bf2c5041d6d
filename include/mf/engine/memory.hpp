#pragma once
// Whether there is memory enough, asked before it is taken: a machine that swaps, or a process that is killed, tells
// nobody why.
//
// Room: engine.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/training_profile.hpp"

namespace mf::engine {

/// What a model is to be trained from.
struct TrainingSize {
  std::size_t train_rows = 0;
  std::size_t watched_rows = 0;  ///< those of the validation part
  std::size_t features = 0;
  bool has_missing = false;                  ///< whether any feature value is missing
  std::vector<std::size_t> categories = {};  ///< as BatchSource::categories; empty where all features are numbers
};

/// About how many bytes fit takes beside its sources at most, measured with XGBoost 1.7: for each value of the train
/// rows two of the quantile matrix, or 5.3 when any is missing; 64 for each row; the histograms; what it watches.
std::uint64_t memory_to_train(const TrainingSize& size, const contracts::TrainingProfile& profile);

/// What this process may still take before it is refused, killed or swapped, as far as the system says: the memory that
/// is available, the limits of its control groups (both versions) and its own limits of address space and data. Reads
/// /proc and /sys below `root`. Nothing where the system says nothing.
std::optional<std::uint64_t> memory_left(const std::string& root = "");

/// Throws OUT_OF_MEMORY when more than `bytes` are needed to `what` than are left, with both numbers.
void require_memory(const std::string& what, std::uint64_t bytes, std::optional<std::uint64_t> left = memory_left());

}  // namespace mf::engine
