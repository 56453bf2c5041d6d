#pragma once
// Canonical JSON: one byte sequence for one meaning.
//
// Room: identity.  Keys sorted by code point, separators `,` and `:`, no spaces, ASCII only (\uXXXX in lower-case hex,
// surrogate pairs above the BMP; short escapes \" \\ \b \f \n \r \t; DEL as \u007f; `/` as it is). Integers in decimal;
// floating-point numbers as the shortest text that reads back to the same double, in Python's notation (0.1, 2.0,
// 1e-05, 1e+16, -0.0). docs/formats/identity.md gives the grammar and the history; vectors in tests/identity hold it
// byte for byte.

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace mf::identity {

/// The canonical text of `value`, without a final line feed.
/// Throws DOCUMENT_INVALID for NaN, Infinity or a string that is not UTF-8.
std::string canonical_json(const nlohmann::json& value);

/// The shortest text that reads back to `number`, in the notation above. Throws DOCUMENT_INVALID for NaN and Infinity.
std::string canonical_number(double number);

}  // namespace mf::identity
