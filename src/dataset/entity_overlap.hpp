#pragma once
// Entities (cards, accounts) that are in more than one part of a split.

#include <cstddef>
#include <vector>

#include "mf/dataset/spilled_rows.hpp"
#include "mf/dataset/split.hpp"

namespace mf::dataset {

struct EntityOverlap {
  std::vector<std::size_t> test_rows_known_from_train;  ///< ascending
  std::vector<std::size_t> rows_known_from_before;      ///< validation or test rows whose entity is in an earlier part
  std::size_t entities_in_train_and_test = 0;
};

/// Compares the entities of train, validation and test. A row without an entity (RowFacts::kNobody) overlaps with none.
EntityOverlap find_entity_overlap(const RowFacts& rows, const Split& split);

}  // namespace mf::dataset
