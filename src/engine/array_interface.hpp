#pragma once
// How XGBoost is told where numbers lie in memory.

#include <cstddef>
#include <span>
#include <string>

namespace mf::engine {

/// The __array_interface__ of `values`: `rows` rows of `columns` values, row-major. It borrows: `values` must stay
/// where they are.
std::string array_interface(std::span<const float> values, std::size_t rows, std::size_t columns);

}  // namespace mf::engine
