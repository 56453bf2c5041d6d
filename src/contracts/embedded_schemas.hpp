#pragma once
// The texts of schemas/*.schema.json, made part of the program by embed_schemas.cmake.

#include <string_view>

namespace mf::contracts {

/// The schema whose file is schemas/<stem>.schema.json. Throws INTERNAL when there is none.
std::string_view embedded_schema(std::string_view stem);

}  // namespace mf::contracts
