#pragma once
// The rows of a part by score, highest first: what all figures are computed from.
//
// Rows with the same score come as one group, so no figure can depend on the order in which the rows were given.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "metrics/score_image.hpp"

namespace mf::metrics {

/// All rows with one score.
struct TiedRows {
  float score = 0;
  std::int64_t positives = 0, negatives = 0;

  [[nodiscard]] std::int64_t rows() const { return positives + negatives; }
};

/// The scores of the positive and of the negative rows, each in ascending order (as images).
class Ranking {
 public:
  /// Any float may be a score; NaN ranks below everything. Throws INTERNAL if the lengths differ or a label is not 0
  /// or 1.
  Ranking(std::span<const float> scores, std::span<const std::uint8_t> labels);

  [[nodiscard]] std::int64_t rows() const { return positives() + negatives(); }
  [[nodiscard]] std::int64_t positives() const { return std::ssize(positives_); }
  [[nodiscard]] std::int64_t negatives() const { return std::ssize(negatives_); }

 private:
  friend class Descent;
  std::vector<std::uint32_t> positives_, negatives_;
};

/// A walk from the highest score to the lowest; the ranking must outlive it.
class Descent {
 public:
  explicit Descent(const Ranking& ranking) : positives_(ranking.positives_), negatives_(ranking.negatives_) {}

  /// The rows with the next lower score, or nothing below the lowest.
  std::optional<TiedRows> next() {
    if (positives_.empty() && negatives_.empty()) return std::nullopt;
    const std::uint32_t highest = std::max(last(positives_), last(negatives_));
    return TiedRows{score_of(highest), take(positives_, highest), take(negatives_, highest)};
  }

 private:
  using Images = std::span<const std::uint32_t>;

  static std::uint32_t last(Images images) { return images.empty() ? kNanImage : images.back(); }

  static std::int64_t take(Images& images, std::uint32_t image) {
    std::size_t left = images.size();
    while (left > 0 && images[left - 1] == image) --left;
    const auto taken = static_cast<std::int64_t>(images.size() - left);
    images = images.first(left);
    return taken;
  }

  Images positives_, negatives_;
};

}  // namespace mf::metrics
