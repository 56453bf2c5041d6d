#pragma once
// How documents are spelled.
//
// Room: contracts.

#include <string_view>

namespace mf::contracts {

/// How a document is spelled.
enum class Syntax { json, yaml };

/// json for a name (a ref or a path) that ends in .json, else yaml.
Syntax syntax_of(std::string_view name);

}  // namespace mf::contracts
