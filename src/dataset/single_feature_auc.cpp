#include "dataset/single_feature_auc.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
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

/// The rows that have one value.
struct Group {
  std::uint64_t positives = 0, negatives = 0;
};

/// The rows of each value, lowest first.
std::vector<Group> groups_of_sorted(const std::vector<Image>& images) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (i == 0 || images[i] >> 32U != images[i - 1] >> 32U) groups.emplace_back();
    ++((images[i] & 1U) != 0 ? groups.back().positives : groups.back().negatives);
  }
  return groups;
}

/// Categories have no order of their own: the best that a model can do is to rank them by their share of positives.
void rank_by_share(std::vector<Group>& groups) {
  std::ranges::stable_sort(groups, [](const Group& a, const Group& b) {
    return a.positives * (b.positives + b.negatives) < b.positives * (a.positives + a.negatives);
  });
}

/// The Mann-Whitney statistic in whole halves: each positive wins 2 against a lower negative, 1 against an equal one.
double auc_of(const std::vector<Group>& groups) {
  std::uint64_t halves = 0, positives = 0, negatives = 0;
  for (const auto& group : groups) {
    halves += group.positives * (2 * negatives + group.negatives);
    positives += group.positives;
    negatives += group.negatives;
  }
  const double auc =
      static_cast<double>(halves) / (2 * static_cast<double>(positives) * static_cast<double>(negatives));
  return std::max(auc, 1 - auc);
}

/// The values and labels of the features from `first` on, as many as `columns` has room for.
void read_group(BatchSource& rows, std::size_t first, std::vector<std::vector<Image>>& columns) {
  const std::size_t width = rows.feature_names().size();
  std::size_t at = 0;
  rows.rewind();
  while (const auto batch = rows.next()) {
    for (std::size_t i = 0; i < batch->rows.size(); ++i, ++at) {
      const auto label = static_cast<Image>(batch->labels[i] > 0);
      const float* row = batch->features.data() + i * width + first;
      for (std::size_t j = 0; j < columns.size(); ++j)
        columns[j][at] = static_cast<Image>(order_image(row[j])) << 32U | label;
    }
  }
}

}  // namespace

std::vector<double> single_feature_aucs(BatchSource& rows, int threads, std::size_t group_bytes) {
  const std::size_t width = rows.feature_names().size(), count = rows.row_count();
  const auto categories = rows.categories();
  std::vector<double> aucs(width);
  const std::size_t group = std::clamp<std::size_t>(group_bytes / (sizeof(Image) * count), 1, width);
  const auto helper_count = std::min(static_cast<std::size_t>(threads), group) - 1;
  // The buffers are made here: no allocation can fail inside a thread.
  std::vector<std::vector<Image>> columns(group, std::vector<Image>(count));
  std::vector<std::vector<Image>> spares(helper_count + 1, std::vector<Image>(count));
  for (std::size_t first = 0; first < width; first += group) {
    columns.resize(std::min(group, width - first));
    read_group(rows, first, columns);
    std::atomic<std::size_t> next{0};
    const auto work = [&](std::vector<Image>& spare) {
      for (std::size_t j = next++; j < columns.size(); j = next++) {
        sort_by_value(columns[j], spare);
        auto groups = groups_of_sorted(columns[j]);
        if (categories[first + j] > 0) rank_by_share(groups);
        aucs[first + j] = auc_of(groups);
      }
    };
    std::vector<std::jthread> helpers;
    for (std::size_t i = 0; i < helper_count; ++i) helpers.emplace_back(work, std::ref(spares[i + 1]));
    work(spares.front());
  }
  return aucs;
}

}  // namespace mf::dataset
