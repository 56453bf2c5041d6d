#pragma once
// Walking a schema beside a value: to say in words what does not fit, and to leave out what is circumstance.
// It knows the keywords that MF's own schemas use; whether a value fits at all is valijson's word.

#include "contracts/schema.hpp"

namespace mf::contracts {

/// The first violation of `schema` by `value`, which stands at `pointer`. `root` resolves "$ref": "#/definitions/...".
std::optional<Violation> explain(const nlohmann::json& root, const nlohmann::json& schema, const nlohmann::json& value,
                                 const std::string& pointer);

nlohmann::json strip_circumstance(const nlohmann::json& root, const nlohmann::json& schema,
                                  const nlohmann::json& value);

}  // namespace mf::contracts
