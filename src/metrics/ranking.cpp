#include "metrics/ranking.hpp"

#include <string>

#include "metrics/radix_sort.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

void require_one_label_each(std::span<const float> scores, std::span<const std::uint8_t> labels) {
  if (scores.size() == labels.size()) return;
  throw Error(Code::INTERNAL, "a ranking got " + std::to_string(scores.size()) + " scores and " +
                                  std::to_string(labels.size()) + " labels; each row has one of both");
}

std::size_t count_positives(std::span<const std::uint8_t> labels) {
  std::size_t positives = 0;
  for (const std::uint8_t label : labels) {
    if (label > 1) throw Error(Code::INTERNAL, "a label is " + std::to_string(label) + "; labels are 0 or 1");
    positives += label;
  }
  return positives;
}

}  // namespace

Ranking::Ranking(std::span<const float> scores, std::span<const std::uint8_t> labels) {
  require_one_label_each(scores, labels);
  const std::size_t positives = count_positives(labels);
  positives_.reserve(positives);
  negatives_.reserve(labels.size() - positives);
  for (std::size_t row = 0; row < scores.size(); ++row) {
    (labels[row] != 0 ? positives_ : negatives_).push_back(image_of(scores[row]));
  }
  radix_sort(positives_);
  radix_sort(negatives_);
}

}  // namespace mf::metrics
