#pragma once
// Seeded random numbers for the demo data.
//
// Integers only: std:: distributions differ between libraries, and exp, log or a fused multiply-add between machines in
// the last bit, so none of them may come near bytes that must be equal everywhere.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace mf::dataset {

/// A stream of random integers: xoshiro256**, seeded through splitmix64. Equal (seed, stream) give equal numbers, other
/// streams of a seed are unrelated, so that a change of one subject does not move the dice of another.
class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t stream);

  /// Evenly in [0, bound); bound >= 1.
  std::int64_t below(std::int64_t bound);

  /// Evenly in [low, high].
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + below(high - low + 1); }

  /// True in `permille` of 1000 cases.
  bool chance(std::int64_t permille) { return below(1000) < permille; }

  /// An index, by weight; at least one weight is positive.
  std::size_t weighted(std::span<const std::int64_t> weights);

  /// A number whose distribution has these evenly spaced quantiles (first = minimum, last = maximum), linear in
  /// between.
  std::int64_t shaped(std::span<const std::int64_t> quantiles);

  template <class Container>
  const auto& one_of(const Container& container) {
    return container[static_cast<std::size_t>(below(static_cast<std::int64_t>(container.size())))];
  }

 private:
  std::uint64_t next();

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace mf::dataset
