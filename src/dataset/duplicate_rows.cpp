#include "dataset/duplicate_rows.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace mf::dataset {
namespace {

/// A set of prints that may hold more than was put in, hardly more: it is small enough to be asked quickly.
class RoughSet {
 public:
  explicit RoughSet(std::size_t count) : bits_(std::bit_ceil(std::max<std::size_t>(64, count * 16)), false) {}

  void insert(std::uint64_t print) { bits_[place(print)] = true; }
  [[nodiscard]] bool may_hold(std::uint64_t print) const { return bits_[place(print)]; }

 private:
  [[nodiscard]] std::size_t place(std::uint64_t print) const { return print & (bits_.size() - 1); }

  std::vector<bool> bits_;
};

template <class Look>
void for_each_print(const RowFacts& rows, const Split& split, Part part, Look look) {
  for (std::size_t i = 0; i < split.part.size(); ++i)
    if (split.part[i] == part) look(rows.feature_prints[i], i);
}

std::size_t count_of(const Split& split, Part part) {
  return static_cast<std::size_t>(std::ranges::count(split.part, part));
}

/// The prints of `later` that `earlier` may have too: ascending, each once.
std::vector<std::uint64_t> candidates(const RowFacts& rows, const Split& split, Part earlier, Part later) {
  RoughSet known(count_of(split, earlier));
  for_each_print(rows, split, earlier, [&](std::uint64_t print, std::size_t) { known.insert(print); });
  std::vector<std::uint64_t> prints;
  for_each_print(rows, split, later, [&](std::uint64_t print, std::size_t) {
    if (known.may_hold(print)) prints.push_back(print);
  });
  std::ranges::sort(prints);
  prints.erase(std::unique(prints.begin(), prints.end()), prints.end());
  return prints;
}

/// Those of `prints`, which ascend, that a row of `part` has.
std::vector<std::uint64_t> held_by(const RowFacts& rows, const Split& split, Part part,
                                   const std::vector<std::uint64_t>& prints) {
  RoughSet wanted(prints.size());
  for (const auto print : prints) wanted.insert(print);
  std::vector<bool> held(prints.size(), false);
  for_each_print(rows, split, part, [&](std::uint64_t print, std::size_t) {
    if (!wanted.may_hold(print)) return;
    const auto found = std::ranges::lower_bound(prints, print);
    if (found != prints.end() && *found == print) held[static_cast<std::size_t>(found - prints.begin())] = true;
  });
  std::vector<std::uint64_t> kept;
  for (std::size_t i = 0; i < prints.size(); ++i)
    if (held[i]) kept.push_back(prints[i]);
  return kept;
}

}  // namespace

std::vector<std::size_t> rows_known_by_features(const RowFacts& rows, const Split& split, Part earlier, Part later) {
  const auto known = held_by(rows, split, earlier, candidates(rows, split, earlier, later));
  std::vector<std::size_t> found;
  if (known.empty()) return found;
  for_each_print(rows, split, later, [&](std::uint64_t print, std::size_t row) {
    if (std::ranges::binary_search(known, print)) found.push_back(row);
  });
  return found;
}

}  // namespace mf::dataset
