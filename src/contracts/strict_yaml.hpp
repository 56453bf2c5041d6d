#pragma once
// The JSON-shaped subset of YAML 1.2, refused while parsing wherever YAML 1.1 and 1.2 would read a text differently.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace mf::contracts {

/// Parses one YAML document. Throws DOCUMENT_INVALID (with line and column) for a syntax error, an anchor, alias, tag
/// or merge key, a duplicate or non-string key, a second document, an ambiguous scalar (yes/no/on/off, 1e3, 0777, 0x1F,
/// 1_000, 12:30, dates: quote them), a number that does not fit, or anything beyond the limits. docs/formats/yaml.md.
nlohmann::json parse_strict_yaml(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
