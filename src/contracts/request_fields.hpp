#pragma once
// The failure codes of a request's fields, for every document that holds a request.

#include <string>
#include <string_view>

#include "mf/error.hpp"

namespace mf::contracts {

/// Throws `error` again: under the code of the request's field that breaks the schema, where it is one that has a code
/// of its own, otherwise as it is. `request_at` is the pointer of the request in its document.
[[noreturn]] void rethrow_by_field(const Error& error, std::string_view request_at);

/// Throws REF_INVALID, with the pointer, unless `ref` is one. `where` names the document.
void require_ref(const std::string& ref, const std::string& where, const std::string& pointer);

}  // namespace mf::contracts
