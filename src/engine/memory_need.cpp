#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

#include "mf/engine/memory.hpp"
#include "mf/engine/parameters.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

// Measured with XGBoost 1.7.4, from 200,000 to 4,000,000 rows and 30 to 300 features: docs/performance.md.
constexpr double kValue = 2.1, kValueWhenSomeAreMissing = 5.3, kValueOfALinearModel = 20;
constexpr double kRow = 64;
constexpr double kSortedValue = 16, kMostSorted = double{128 << 20};                    // before there is a matrix
constexpr double kWatchedValue = 8, kMostWatched = double{64 << 20}, kWatchedRow = 12;  // engine/watched_rows.hpp
constexpr double kWindows = double{32 << 20};  // of the readers, and what the allocator cannot fill
constexpr double kHistogramBin = 16;
constexpr double kMostNodes = 4096;

double integer_of(const contracts::TrainingProfile& profile, const std::string& name, double preset) {
  const auto found = profile.algorithm.params.find(name);
  if (found == profile.algorithm.params.end()) return preset;
  const auto* value = std::get_if<std::int64_t>(&found->second);
  return value == nullptr ? preset : static_cast<double>(*value);
}

/// The nodes of the last level: a tree is limited by its depth, its leaves, or both.
double last_nodes(const contracts::TrainingProfile& profile) {
  const double depth = integer_of(profile, "max_depth", 6), leaves = integer_of(profile, "max_leaves", 0);
  const double by_depth = depth == 0 ? kMostNodes : std::exp2(std::min(depth, 12.0));
  return std::min(by_depth, leaves == 0 ? kMostNodes : leaves);
}

/// The bins of all features, and of the one that has most: a category has one for each code.
struct Bins {
  double all = 0, most = 0;
};

Bins bins_of(const TrainingSize& size, const contracts::TrainingProfile& profile) {
  Bins bins;
  const double of_a_number = integer_of(profile, "max_bin", 256);
  for (std::size_t feature = 0; feature < size.features; ++feature) {
    const std::size_t codes = feature < size.categories.size() ? size.categories[feature] : 0;
    const double count = codes > 0 ? static_cast<double>(codes) : of_a_number;
    bins.all += count;
    bins.most = std::max(bins.most, count);
  }
  return bins;
}

bool is_linear(const contracts::TrainingProfile& profile) {
  return algorithm_of(profile).kind == AlgorithmRow::Kind::gblinear;
}

/// A histogram for each node of the last level.
double histograms(const TrainingSize& size, const contracts::TrainingProfile& profile, const Bins& bins) {
  if (is_linear(profile)) return 0;
  return std::min(last_nodes(profile), static_cast<double>(size.train_rows)) * bins.all * kHistogramBin;
}

double bytes_of_a_value(const TrainingSize& size, const contracts::TrainingProfile& profile, const Bins& bins) {
  if (is_linear(profile)) return kValueOfALinearModel;
  if (size.has_missing) return kValueWhenSomeAreMissing;
  constexpr double kBinsOfAByte = 256;
  return bins.most <= kBinsOfAByte ? kValue : 2 * kValue;
}

double watched(const TrainingSize& size, const contracts::TrainingProfile& profile) {
  if (!profile.algorithm.early_stopping_rounds) return 0;
  const auto rows = static_cast<double>(size.watched_rows);
  const double whole = kWatchedValue * rows * static_cast<double>(size.features);
  return whole <= kMostWatched ? whole : kWatchedRow * rows;
}

std::string megabytes(std::uint64_t bytes) { return std::to_string((bytes + 999'999) / 1'000'000) + " MB"; }

}  // namespace

std::uint64_t memory_to_train(const TrainingSize& size, const contracts::TrainingProfile& profile) {
  const Bins bins = bins_of(size, profile);
  const double values = static_cast<double>(size.train_rows) * static_cast<double>(size.features);
  const double sorting = std::min(kMostSorted, kSortedValue * values);
  const double training = values * bytes_of_a_value(size, profile, bins) + kRow * static_cast<double>(size.train_rows) +
                          histograms(size, profile, bins);
  return static_cast<std::uint64_t>(std::max(sorting, training) + watched(size, profile) + kWindows);
}

void require_memory(const std::string& what, std::uint64_t bytes, std::optional<std::uint64_t> left) {
  if (!left || bytes <= *left) return;
  throw Error(Code::OUT_OF_MEMORY,
              "to " + what + " takes about " + megabytes(bytes) + " of memory, and " + megabytes(*left) + " are left",
              {{"needed_bytes", std::to_string(bytes)}, {"available_bytes", std::to_string(*left)}},
              "Free memory, raise the limit, or use a larger machine, then run the same command again; nothing was "
              "started.");
}

}  // namespace mf::engine
