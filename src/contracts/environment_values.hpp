#pragma once
// Values that a document takes from the environment of the process.

#include <nlohmann/json.hpp>
#include <string>

namespace mf::contracts {

/// Whether any text of `value` asks for a variable.
bool asks_for_environment(const nlohmann::json& value);

/// `value` with every `${NAME}` and `${NAME:-default}` in its texts replaced; the default holds where the variable is
/// not set or empty. What is asked for is a text, unless it is the whole of a field that `schema` wants to be an
/// integer or a boolean. Nothing else is understood: nested ones, other operators and names of secrets are refused.
/// Throws PROFILE_INVALID, with the pointer of the field and the name of the variable, never its value.
nlohmann::json with_environment(nlohmann::json value, const nlohmann::json& schema, const std::string& where);

}  // namespace mf::contracts
