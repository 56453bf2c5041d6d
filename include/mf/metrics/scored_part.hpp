#pragma once
// The rows that a metric is computed from.
//
// Room: metrics (numbers from scores, labels, amounts; pure: no files, no documents, no clock).

#include <cstdint>
#include <span>
#include <string_view>

namespace mf::metrics {

/// One part of a split (train, validation or test) after scoring; all spans have one element for each row, in any
/// order. No figure depends on the order of the rows.
struct ScoredPart {
  std::span<const float> scores;           ///< higher is likelier fraud; in [0,1] when they are probabilities
  std::span<const std::uint8_t> labels;    ///< 1 fraud, 0 legitimate
  std::span<const std::string_view> keys;  ///< unique subject keys: they order rows whose scores tie
};

}  // namespace mf::metrics
