#pragma once
// A table as people read it.
//
// Room: cli.

#include <string>

#include "mf/factory/result.hpp"

namespace mf::cli {

/// A heading and a line for each row, in columns. A cell without text is -, one with several lines tells the first and
/// how many more there are.
std::string table_text(const factory::Table& table);

}  // namespace mf::cli
