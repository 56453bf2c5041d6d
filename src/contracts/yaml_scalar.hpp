#pragma once
// What a plain (unquoted) YAML scalar means, where YAML 1.1 and YAML 1.2 agree.

#include <nlohmann/json.hpp>
#include <string>

namespace mf::contracts {

/// The value of a plain scalar: null, a boolean, an integer, a number or a string.
/// Throws DOCUMENT_INVALID when the two versions of YAML disagree about it, or the number does not fit.
nlohmann::json plain_scalar(const std::string& text);

}  // namespace mf::contracts
