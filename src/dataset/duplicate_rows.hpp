#pragma once
// Rows with the very features of rows of another part.

#include <cstddef>
#include <vector>

#include "mf/dataset/spilled_rows.hpp"
#include "mf/dataset/split.hpp"

namespace mf::dataset {

/// The rows of `later`, ascending, whose features are those of a row of `earlier`, bit for bit, as their prints say.
/// Takes a few bytes for each row, and eight more for each that it finds.
std::vector<std::size_t> rows_known_by_features(const RowFacts& rows, const Split& split, Part earlier, Part later);

}  // namespace mf::dataset
