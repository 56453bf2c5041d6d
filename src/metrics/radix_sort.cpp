#include "metrics/radix_sort.hpp"

#include <array>
#include <cstddef>

namespace mf::metrics {
namespace {

// Three digits of 11 bits cover 32, and a digit's counters (16 KiB) stay in the first-level cache.
constexpr unsigned kDigitBits = 11;
constexpr std::size_t kDigits = 3;
constexpr std::uint32_t kDigitMask = (1U << kDigitBits) - 1;

using Counts = std::array<std::size_t, 1U << kDigitBits>;

std::uint32_t digit_of(std::uint32_t number, std::size_t digit) {
  return (number >> (digit * kDigitBits)) & kDigitMask;
}

std::array<Counts, kDigits> count_digits(const std::vector<std::uint32_t>& numbers) {
  std::array<Counts, kDigits> counts{};
  for (const std::uint32_t number : numbers) {
    for (std::size_t digit = 0; digit < kDigits; ++digit) ++counts[digit][digit_of(number, digit)];
  }
  return counts;
}

void turn_into_starts(Counts& counts) {
  std::size_t start = 0;
  for (std::size_t& count : counts) {
    const std::size_t next = start + count;
    count = start;
    start = next;
  }
}

}  // namespace

void radix_sort(std::vector<std::uint32_t>& numbers) {
  if (numbers.empty()) return;
  auto counts = count_digits(numbers);
  std::vector<std::uint32_t> sorted(numbers.size());
  for (std::size_t digit = 0; digit < kDigits; ++digit) {
    // All share this digit, as scores in [0,1] or a flag often do: the order stands as it is.
    if (counts[digit][digit_of(numbers.front(), digit)] == numbers.size()) continue;
    turn_into_starts(counts[digit]);
    for (const std::uint32_t number : numbers) sorted[counts[digit][digit_of(number, digit)]++] = number;
    numbers.swap(sorted);
  }
}

}  // namespace mf::metrics
