#include "dataset/single_feature_auc.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <thread>
#include <utility>

namespace mf::dataset {
namespace {

/// A value and a label in one word: the high half sorts as the value does, bit 0 is the label.
using Image = std::uint64_t;

/// An order-preserving image of `value`: missing is 0, -0 and 0 are one.
std::uint32_t order_image(float value) {
  if (std::isnan(value)) return 0;
  const auto bits = std::bit_cast<std::uint32_t>(value + 0.0F);
  return (bits >> 31U) != 0 ? ~bits : bits | 0x8000'0000U;
}

/// Sorts by the high half: three stable passes over 11 bits each. `spare` is as large as `images`.
void sort_by_value(std::vector<Image>& images, std::vector<Image>& spare) {
  constexpr unsigned kBits = 11, kFirstBit = 32;
  for (unsigned shift = kFirstBit; shift < 64; shift += kBits) {
    std::array<std::size_t, std::size_t{1} << kBits> begin{};
    const auto digit = [&](Image image) { return (image >> shift) & ((1U << kBits) - 1); };
    for (const Image image : images) ++begin[digit(image)];
    std::size_t sum = 0;
    for (auto& slot : begin) sum += std::exchange(slot, sum);
    for (const Image image : images) spare[begin[digit(image)]++] = image;
    images.swap(spare);
  }
}

/// The Mann-Whitney statistic in whole halves: each positive wins 2 against a lower negative, 1 against an equal one.
double auc_of_sorted(const std::vector<Image>& images) {
  std::uint64_t halves = 0, positives = 0, negatives = 0;
  for (std::size_t i = 0; i < images.size();) {
    std::uint64_t group_positives = 0, group_negatives = 0;
    const Image value = images[i] >> 32U;
    for (; i < images.size() && images[i] >> 32U == value; ++i) {
      ++((images[i] & 1U) != 0 ? group_positives : group_negatives);
    }
    halves += group_positives * (2 * negatives + group_negatives);
    positives += group_positives;
    negatives += group_negatives;
  }
  const double auc =
      static_cast<double>(halves) / (2 * static_cast<double>(positives) * static_cast<double>(negatives));
  return std::max(auc, 1 - auc);
}

}  // namespace

std::vector<double> single_feature_aucs(const Rows& rows, std::span<const std::size_t> chosen, int threads) {
  std::vector<double> aucs(rows.feature_names.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&](std::vector<Image> images, std::vector<Image> spare) {
    for (std::size_t feature = next++; feature < aucs.size(); feature = next++) {
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto label = static_cast<Image>(rows.labels[chosen[i]] == 1);
        images[i] = static_cast<Image>(order_image(rows.row(chosen[i])[feature])) << 32U | label;
      }
      sort_by_value(images, spare);
      aucs[feature] = auc_of_sorted(images);
    }
  };
  // The buffers are made here: no allocation can fail inside a thread.
  std::vector<std::jthread> helpers;
  for (int i = 1; i < threads && static_cast<std::size_t>(i) < aucs.size(); ++i) {
    helpers.emplace_back(work, std::vector<Image>(chosen.size()), std::vector<Image>(chosen.size()));
  }
  work(std::vector<Image>(chosen.size()), std::vector<Image>(chosen.size()));
  helpers.clear();
  return aucs;
}

}  // namespace mf::dataset
