#include "dataset/single_feature_auc.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>

#include "mf/dataset/on_threads.hpp"
#include "mf/dataset/value_order.hpp"

namespace mf::dataset {
namespace {

/// A value; along with it the number of its row, twice, and its label.
using Image = ValueImage;

std::size_t row_of(Image image) { return companion_of(image) >> 1U; }

/// The rows that have one value.
struct Group {
  std::uint64_t positives = 0, negatives = 0;
};

/// Where the group of equal values ends that begins at `begin`.
std::size_t end_of_group(const std::vector<Image>& images, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < images.size() && have_same_value(images[end], images[begin])) ++end;
  return end;
}

/// Shows the rows of each value, lowest first.
template <class Look>
void for_each_group(const std::vector<Image>& images, Look look) {
  for (std::size_t i = 0; i < images.size();) {
    Group group;
    const Image first = images[i];
    for (; i < images.size() && have_same_value(images[i], first); ++i)
      ++((images[i] & 1U) != 0 ? group.positives : group.negatives);
    look(group);
  }
}

/// The Mann-Whitney statistic in whole halves: each positive wins 2 against a lower negative, 1 against an equal one.
class MannWhitney {
 public:
  void add(const Group& group) {
    halves_ += group.positives * (2 * negatives_ + group.negatives);
    positives_ += group.positives;
    negatives_ += group.negatives;
  }
  /// The better of the two directions.
  [[nodiscard]] double auc() const {
    const double auc =
        static_cast<double>(halves_) / (2 * static_cast<double>(positives_) * static_cast<double>(negatives_));
    return std::max(auc, 1 - auc);
  }

 private:
  std::uint64_t halves_ = 0, positives_ = 0, negatives_ = 0;
};

FeatureRanking ranking_of_number(const std::vector<Image>& images) {
  FeatureRanking ranking;
  MannWhitney statistic;
  for_each_group(images, [&](const Group& group) {
    statistic.add(group);
    ++ranking.distinct;
  });
  ranking.auc = statistic.auc();
  return ranking;
}

/// Categories have no order of their own: the best that a model can do is to rank them by their share of positives.
FeatureRanking ranking_of_category(const std::vector<Image>& images) {
  std::vector<Group> groups;
  for_each_group(images, [&](const Group& group) { groups.push_back(group); });
  std::ranges::stable_sort(groups, [](const Group& a, const Group& b) {
    return a.positives * (b.positives + b.negatives) < b.positives * (a.positives + a.negatives);
  });
  MannWhitney statistic;
  for (const auto& group : groups) statistic.add(group);
  return {.auc = statistic.auc(), .distinct = groups.size()};
}

/// Twice the mean rank of places `begin` to before `end` out of `count`, centred.
std::int64_t centred(std::size_t begin, std::size_t end, std::size_t count) {
  return static_cast<std::int64_t>(begin + end) - static_cast<std::int64_t>(count);
}

/// Sums of what ranks deviate from their mean, multiplied.
struct Correlation {
  double both = 0, one = 0, other = 0;

  void add(std::int64_t a, std::int64_t b) {
    const auto x = static_cast<double>(a), y = static_cast<double>(b);
    both += x * y;
    one += x * x;
    other += y * y;
  }
  [[nodiscard]] double value() const {
    if (one == 0 || other == 0) return 0;
    return std::clamp(both / std::sqrt(one) / std::sqrt(other), -1.0, 1.0);
  }
};

void correlate(const std::vector<Image>& images, std::span<const std::int32_t> time_ranks, FeatureRanking& ranking) {
  Correlation time, row;
  for (std::size_t begin = 0; begin < images.size();) {
    const std::size_t end = end_of_group(images, begin);
    const std::int64_t rank = centred(begin, end, images.size());
    for (; begin < end; ++begin) {
      const std::size_t at = row_of(images[begin]);
      time.add(rank, time_ranks[at]);
      row.add(rank, centred(at, at + 1, images.size()));
    }
  }
  ranking.time_correlation = time.value();
  ranking.row_correlation = row.value();
}

/// The values, places and labels of the features from `first` on, as many as `columns` has room for.
void read_group(BatchSource& rows, std::size_t first, std::vector<std::vector<Image>>& columns) {
  const std::size_t width = rows.feature_names().size();
  std::size_t at = 0;
  rows.rewind();
  while (const auto batch = rows.next()) {
    for (std::size_t i = 0; i < batch->rows.size(); ++i, ++at) {
      const auto place = static_cast<std::uint32_t>(at) << 1U | static_cast<std::uint32_t>(batch->labels[i] > 0);
      const float* row = batch->features.data() + i * width + first;
      for (std::size_t j = 0; j < columns.size(); ++j) columns[j][at] = image_of(row[j], place);
    }
  }
}

}  // namespace

bool is_id_like(std::size_t distinct, std::size_t rows) { return distinct >= rows - rows / 10; }

std::vector<std::int32_t> centred_ranks(std::span<const std::int64_t> times) {
  std::vector<std::uint32_t> order(times.size());
  std::iota(order.begin(), order.end(), 0U);
  if (!std::ranges::is_sorted(times)) std::ranges::sort(order, {}, [&](std::uint32_t row) { return times[row]; });
  std::vector<std::int32_t> ranks(times.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && times[order[end]] == times[order[begin]]) ++end;
    const auto rank = static_cast<std::int32_t>(centred(begin, end, order.size()));
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = rank;
  }
  return ranks;
}

std::vector<FeatureRanking> rank_features(BatchSource& rows, std::span<const std::int32_t> time_ranks, int threads,
                                          std::size_t group_bytes) {
  const std::size_t width = rows.feature_names().size(), count = rows.row_count();
  const auto categories = rows.categories();
  std::vector<FeatureRanking> rankings(width);
  const std::size_t group = std::clamp<std::size_t>(group_bytes / (sizeof(Image) * count), 1, width);
  std::vector<std::vector<Image>> columns(group, std::vector<Image>(count));
  std::vector<std::vector<Image>> spares(worker_count(threads, group), std::vector<Image>(count));
  for (std::size_t first = 0; first < width; first += group) {
    columns.resize(std::min(group, width - first));
    read_group(rows, first, columns);
    on_threads(threads, columns.size(), [&](std::size_t j, std::size_t worker) {
      sort_by_value(columns[j], spares[worker]);
      auto& ranking = rankings[first + j];
      ranking = categories[first + j] > 0 ? ranking_of_category(columns[j]) : ranking_of_number(columns[j]);
      if (categories[first + j] == 0 && is_id_like(ranking.distinct, count)) correlate(columns[j], time_ranks, ranking);
    });
  }
  return rankings;
}

}  // namespace mf::dataset
