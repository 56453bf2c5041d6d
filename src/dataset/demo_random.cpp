#include "dataset/demo_random.hpp"

#include <bit>

namespace mf::dataset {
namespace {

std::uint64_t splitmix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15U);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

}  // namespace

Dice::Dice(std::uint64_t seed, std::uint64_t stream) {
  std::uint64_t mixed = stream;
  mixed = splitmix(mixed) ^ seed;
  for (auto& word : state_) word = splitmix(mixed);
}

std::uint64_t Dice::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::int64_t Dice::below(std::int64_t bound) {
  const auto range = static_cast<std::uint64_t>(bound);
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % range;  // above it, small remainders would come too often
  std::uint64_t value = next();
  while (value >= limit) value = next();
  return static_cast<std::int64_t>(value % range);
}

std::size_t Dice::weighted(std::span<const std::int64_t> weights) {
  std::int64_t total = 0;
  for (const auto weight : weights) total += weight;
  std::int64_t place = below(total);
  std::size_t index = 0;
  while (place >= weights[index]) place -= weights[index++];
  return index;
}

std::int64_t Dice::shaped(std::span<const std::int64_t> quantiles) {
  constexpr std::int64_t kSteps = 4096;
  const std::int64_t place = below((static_cast<std::int64_t>(quantiles.size()) - 1) * kSteps);
  const auto left = static_cast<std::size_t>(place / kSteps);
  return quantiles[left] + (quantiles[left + 1] - quantiles[left]) * (place % kSteps) / kSteps;
}

}  // namespace mf::dataset
