#pragma once
// Which type a chosen column has, judged by all of its fields.

#include <optional>
#include <string>

#include "dataset/column_facts.hpp"
#include "dataset/pin_choices.hpp"

namespace mf::dataset {

/// The type of the numbers of a column, or nothing when it holds anything else or no value at all.
std::optional<ColumnType> number_type(const ColumnFacts& facts);

/// The type that serves every role of `column` (one at least). `time_type` is the type of time columns. Throws
/// DATA_INVALID, with file, line and column, when a field does not fit.
ColumnType type_for_roles(const ChosenColumn& column, const ColumnFacts& facts, ColumnType time_type,
                          const std::string& file_name);

}  // namespace mf::dataset
