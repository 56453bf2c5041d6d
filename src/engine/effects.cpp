#include "mf/engine/effects.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mf::engine {
namespace {

std::optional<double> correlation(double both, double a, double b) {
  if (!(a > 0) || !(b > 0)) return {};
  return std::clamp(both / (std::sqrt(a) * std::sqrt(b)), -1.0, 1.0);
}

/// Ranks from 1; what is equal shares the mean of its ranks.
std::vector<double> ranks_of(const std::vector<double>& values) {
  const auto order = ranked(values);
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double shared = static_cast<double>(begin + 1 + end) / 2;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = shared;
  }
  return ranks;
}

}  // namespace

void FeatureEffects::add(const Contributions& row) {
  ++rows_;
  base_value_ = static_cast<double>(row.bias);
  for (std::size_t j = 0; j < gathered_.size(); ++j) {
    const double effect = static_cast<double>(row.features[j]);
    gathered_[j].abs += std::abs(effect);
    gathered_[j].sum += effect;
    if (!std::isnan(row.values[j])) correlate(gathered_[j], static_cast<double>(row.values[j]), effect);
  }
  check_sum(row);
}

void FeatureEffects::correlate(Gathered& of, double value, double effect) {
  of.count += 1;
  const double value_before = value - of.mean_value, effect_before = effect - of.mean_effect;
  of.mean_value += value_before / of.count;
  of.mean_effect += effect_before / of.count;
  of.values += value_before * (value - of.mean_value);
  of.effects += effect_before * (effect - of.mean_effect);
  of.both += value_before * (effect - of.mean_effect);
}

void FeatureEffects::check_sum(const Contributions& row) {
  double sum = static_cast<double>(row.bias);
  for (const float effect : row.features) sum += static_cast<double>(effect);
  const double margin = static_cast<double>(row.margin);
  const double difference = std::abs(sum - margin);
  sum_check_.largest_difference = std::max(sum_check_.largest_difference, difference);
  sum_check_.largest_relative = std::max(sum_check_.largest_relative, difference / std::max(1.0, std::abs(margin)));
}

std::vector<FeatureEffect> FeatureEffects::effects() const {
  const double rows = static_cast<double>(std::max<std::size_t>(1, rows_));
  std::vector<FeatureEffect> effects;
  effects.reserve(gathered_.size());
  for (const auto& of : gathered_)
    effects.push_back({of.abs / rows, of.sum / rows, correlation(of.both, of.values, of.effects)});
  return effects;
}

std::vector<double> FeatureEffects::mean_abs() const {
  std::vector<double> sizes;
  for (const auto& effect : effects()) sizes.push_back(effect.mean_abs);
  return sizes;
}

void PairEffects::add(const Interactions& row) {
  ++rows_;
  auto sums = sums_.begin();
  for (std::size_t a = 0; a < features_; ++a) {
    for (std::size_t b = a + 1; b < features_; ++b, ++sums) {
      const double effect = row.of_pair(a, b);
      sums->abs += std::abs(effect);
      sums->sum += effect;
    }
  }
}

std::vector<PairEffect> PairEffects::strongest(std::size_t count) const {
  std::vector<PairEffect> pairs;
  const double rows = static_cast<double>(std::max<std::size_t>(1, rows_));
  auto sums = sums_.begin();
  for (std::size_t a = 0; a < features_; ++a)
    for (std::size_t b = a + 1; b < features_; ++b, ++sums)
      if (sums->abs > 0) pairs.push_back({a, b, sums->abs / rows, sums->sum / rows});
  std::ranges::stable_sort(pairs, std::ranges::greater{}, &PairEffect::mean_abs);
  pairs.resize(std::min(count, pairs.size()));
  return pairs;
}

std::vector<std::size_t> ranked(const std::vector<double>& sizes) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return sizes[i]; });
  return order;
}

std::optional<double> rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto of_a = ranks_of(a), of_b = ranks_of(b);
  const double mean = static_cast<double>(a.size() + 1) / 2;
  double both = 0, squares_a = 0, squares_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    both += (of_a[i] - mean) * (of_b[i] - mean);
    squares_a += (of_a[i] - mean) * (of_a[i] - mean);
    squares_b += (of_b[i] - mean) * (of_b[i] - mean);
  }
  return correlation(both, squares_a, squares_b);
}

}  // namespace mf::engine
