#pragma once
// Entities (cards, accounts) that are in more than one part of a split.

#include <array>
#include <cstddef>
#include <vector>

#include "mf/dataset/spilled_rows.hpp"
#include "mf/dataset/split.hpp"

namespace mf::dataset {

/// Each evaluated part with each earlier one.
struct PartPair {
  Part earlier, later;
};
inline constexpr std::array<PartPair, 3> kPartPairs = {
    {{Part::train, Part::validation}, {Part::train, Part::test}, {Part::validation, Part::test}}};

struct EntityOverlap {
  struct Shared {
    std::size_t entities = 0, later_rows = 0;
  };
  std::vector<std::size_t> test_rows_known_from_train;  ///< ascending
  std::vector<std::size_t> rows_known_from_before;      ///< validation or test rows whose entity is in an earlier part
  std::size_t entities = 0;                             ///< of all evaluated rows
  std::array<Shared, kPartPairs.size()> shared{};       ///< in the order of kPartPairs
};

/// Compares the entities of train, validation and test. A row without an entity (RowFacts::kNobody) overlaps with none.
EntityOverlap find_entity_overlap(const RowFacts& rows, const Split& split);

}  // namespace mf::dataset
