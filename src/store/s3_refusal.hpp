#pragma once
// What a reply that is no answer means, in Model Factory's own codes.

#include <string>

#include "mf/error.hpp"
#include "store/s3_http.hpp"

namespace mf::store {

/// The failure that `reply` means for `action` ("reading a/b.json"). `place` is where, for people. Messages hold the
/// status and the server's code only: its own words may repeat signatures and keys.
Error refusal_of(const HttpReply& reply, const std::string& action, const std::string& place);

}  // namespace mf::store
