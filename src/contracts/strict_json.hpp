#pragma once
// JSON without the freedoms that make one document mean two things.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace mf::contracts {

/// Parses one JSON document. Throws DOCUMENT_INVALID (with line and column, or the pointer) for a syntax error, a
/// duplicate key, an integer beyond int64, a number beyond double or that vanishes in it, invalid UTF-8, or anything
/// beyond the limits.
nlohmann::json parse_strict_json(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
