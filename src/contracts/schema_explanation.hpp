#pragma once
// Walking a schema beside a value: to say in words what does not fit, and to leave out what is circumstance.
// It knows the keywords that MF's own schemas use; whether a value fits at all is valijson's word.

#include "contracts/schema.hpp"

namespace mf::contracts {

/// The first violation of `schema` by `value`, which stands at `pointer`. `root` resolves "$ref": "#/definitions/...".
std::optional<Violation> explain(const nlohmann::json& root, const nlohmann::json& schema, const nlohmann::json& value,
                                 const std::string& pointer);

/// The front of `name` as a token of a JSON pointer (RFC 6901).
std::string pointer_token(const std::string& name);

/// The first text marked "x-mf-id": true that has a hidden character (mf/identity/characters.hpp). `value` fits
/// `schema`.
std::optional<Violation> explain_hidden(const nlohmann::json& root, const nlohmann::json& schema,
                                        const nlohmann::json& value, const std::string& pointer);

nlohmann::json strip_circumstance(const nlohmann::json& root, const nlohmann::json& schema,
                                  const nlohmann::json& value);

}  // namespace mf::contracts
