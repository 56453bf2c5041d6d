#pragma once
// White space around texts.

#include <string>
#include <string_view>

namespace mf::contracts {

/// `text` (UTF-8) without leading and trailing white space: what Python's str.strip takes away, so that ids agree with
/// other implementations.
std::string stripped(std::string_view text);

}  // namespace mf::contracts
