#pragma once
// Rows with a pattern that trees can learn, the same on every machine, and profiles to train on them.

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "mf/contracts/training_profile.hpp"
#include "mf/dataset/rows.hpp"

namespace mf::engine::testing {

using Indices = std::vector<std::size_t>;

/// A number in [0, 1); std::uniform_real_distribution differs between libraries.
inline float uniform(std::mt19937& generator) { return static_cast<float>(generator() >> 8) * 0x1.0p-24F; }

/// `count` rows with features a, b, c, ...; fraud is likelier where a + b is high. Every tenth value is missing if
/// asked.
inline dataset::Rows synthetic_rows(std::size_t count, std::size_t features = 4, bool with_missing = false) {
  std::mt19937 generator(7);
  dataset::Rows rows;
  for (std::size_t j = 0; j < features; ++j) rows.feature_names.emplace_back(1, static_cast<char>('a' + j));
  for (std::size_t i = 0; i < count; ++i) {
    float signal = 0;
    for (std::size_t j = 0; j < features; ++j) {
      const float value = uniform(generator);
      if (j < 2) signal += value / static_cast<float>(std::min<std::size_t>(features, 2));
      const bool missing = with_missing && uniform(generator) < 0.1F;
      rows.features.push_back(missing ? std::numeric_limits<float>::quiet_NaN() : value);
    }
    rows.labels.push_back(uniform(generator) < signal * signal * signal ? 1 : 0);
  }
  return rows;
}

/// Every row from `begin` to before `end`.
inline Indices range(std::size_t begin, std::size_t end) {
  Indices indices;
  for (std::size_t i = begin; i < end; ++i) indices.push_back(i);
  return indices;
}

inline contracts::TrainingProfile profile(std::int64_t rounds = 10) {
  contracts::TrainingProfile profile;
  profile.algorithm_id = "xgboost.gbtree";
  profile.algorithm.rounds = rounds;
  profile.algorithm.params = {{"max_depth", std::int64_t{4}}, {"eta", 0.3}};
  return profile;
}

inline contracts::TrainingProfile stopping_profile(const std::string& metric, std::int64_t patience,
                                                   std::int64_t rounds = 100) {
  auto stopping = profile(rounds);
  stopping.algorithm.early_stopping_rounds = patience;
  stopping.algorithm.early_stopping_metric = metric;
  return stopping;
}

}  // namespace mf::engine::testing
