#pragma once
// UUIDs made from names.
//
// Room: identity.

#include <string>
#include <string_view>

namespace mf::identity {

/// The UUID of the name `url` in the namespace of URLs: version 5 of RFC 9562, which is made of SHA-1. The same name
/// always gives the same UUID. Throws INTERNAL if the library fails.
std::string uuid_of_url(std::string_view url);

}  // namespace mf::identity
