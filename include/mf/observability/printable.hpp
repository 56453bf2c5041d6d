#pragma once
// Text as it may be shown on a terminal or in a log: names and messages come from files and may hold anything.
//
// Room: observability.

#include <string>
#include <string_view>

#include "mf/error.hpp"

namespace mf::observability {

/// `text` with everything that could break a line or drive a terminal written as \n, \t, \r or \x1b: control characters
/// (C0, DEL and C1) and bytes that are no UTF-8. All other text comes back as it is.
std::string printable(std::string_view text);

/// The same value as `json`, a JSON text in one line, with the hidden characters of its strings escaped as JSON has it.
std::string printable_json(std::string_view json);

/// `error` as it may be told and kept: what was found may be of any length, and of many lines. The message is
/// printable, of about 1000 bytes at most, each particular of about 4000; what is longer ends with its size.
Error shortened(const Error& error);

}  // namespace mf::observability
