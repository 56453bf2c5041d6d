#pragma once
// What an object store says in XML: the code of a failure, and the keys of a listing.

#include <string>
#include <string_view>
#include <vector>

namespace mf::store {

/// The code in the body of a failed request, such as `NoSuchKey`; empty when there is none. Out of letters and digits
/// only, so that it may be shown. What else the body says may hold secrets, and is never shown.
std::string failure_code(std::string_view body);

/// One page of a listing.
struct S3Listing {
  std::vector<std::string> names;
  std::string next;  ///< the token for the next page; empty on the last one
};

/// Reads a reply to ListObjectsV2. Throws STORE_UNAVAILABLE when it is none, or says that it goes on and not how.
S3Listing read_listing(std::string_view body);

}  // namespace mf::store
