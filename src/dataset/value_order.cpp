#include "mf/dataset/value_order.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace mf::dataset {

void sort_by_value(std::vector<ValueImage>& images, std::vector<ValueImage>& spare) {
  // Three stable passes over 11 bits each of the high half.
  constexpr unsigned kBits = 11, kFirstBit = 32;
  spare.resize(images.size());
  for (unsigned shift = kFirstBit; shift < 64; shift += kBits) {
    std::array<std::size_t, std::size_t{1} << kBits> begin{};
    const auto digit = [&](ValueImage image) { return (image >> shift) & ((1U << kBits) - 1); };
    for (const ValueImage image : images) ++begin[digit(image)];
    std::size_t sum = 0;
    for (auto& slot : begin) sum += std::exchange(slot, sum);
    for (const ValueImage image : images) spare[begin[digit(image)]++] = image;
    images.swap(spare);
  }
}

}  // namespace mf::dataset
