#pragma once
// What a value of a column means as the type that is declared for it. Nothing comes back when it does not fit.
//
// The same value in a Parquet file and in a CSV file of the same declared type means the same. A row that is missing
// has no value and must not be asked for.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dataset/arrow_column.hpp"
#include "dataset/column_parsers.hpp"

namespace mf::dataset {

/// true and false, or 1 and 0.
std::optional<bool> truth_of(const ArrowColumn& column, std::size_t row);
/// Of a number type; finite.
std::optional<double> quantity_of(const ArrowColumn& column, std::size_t row);
/// Of a time type.
std::optional<std::int64_t> instant_of(const ArrowColumn& column, ColumnType declared, std::size_t row);
/// Of bool or a number type: 1 or 0.
std::optional<std::int8_t> label_of(const ArrowColumn& column, ColumnType declared, std::size_t row);
/// Of string, int64 or bool: the one text that the value has; it lies in the column or in `scratch`.
std::optional<std::string_view> name_of(const ArrowColumn& column, ColumnType declared, std::size_t row,
                                        std::string& scratch);

/// Of any type but string, as parse_feature has it: rows from `from` on, as many as `into` has room for, NaN where a
/// value is missing. Nothing when all went well, else the first row that has no feature.
std::optional<std::size_t> features_of(const ArrowColumn& column, ColumnType declared, std::size_t from,
                                       std::span<float> into);

/// The value for a message; `no value` when it is missing.
std::string shown(const ArrowColumn& column, ColumnType declared, std::size_t row);

}  // namespace mf::dataset
