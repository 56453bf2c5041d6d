#pragma once
// Refusing a field for what reading demands beyond the schema.

#include <string>

#include "mf/error.hpp"

namespace mf::contracts {

/// Throws `code`: the field at `pointer` of the document that came from `where`, and why it is refused.
[[noreturn]] void refuse_field(Code code, const std::string& where, const std::string& pointer, const std::string& why);

}  // namespace mf::contracts
