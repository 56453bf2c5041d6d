#pragma once
// Text as it may be shown on a terminal or in a log: names and messages come from files and may hold anything.
//
// Room: observability.

#include <string>
#include <string_view>

namespace mf::observability {

/// `text` with everything that could break a line or drive a terminal written as \n, \t, \r or \x1b: control characters
/// (C0, DEL and C1) and bytes that are no UTF-8. All other text comes back as it is.
std::string printable(std::string_view text);

/// The same value as `json`, a JSON text in one line, with the hidden characters of its strings escaped as JSON has it.
std::string printable_json(std::string_view json);

}  // namespace mf::observability
