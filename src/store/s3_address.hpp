#pragma once
// Where a key of a bucket is on the network.

#include <string>
#include <string_view>

#include "mf/store/s3.hpp"

namespace mf::store {

/// The parts of an address that a signature covers. `url` is all of it but the query.
struct S3Address {
  std::string url;
  std::string host;  ///< as the Host header says it: with the port if the endpoint names one
  std::string path;  ///< percent-encoded
};

/// The address of the object under `key`, or of the bucket when `key` is empty.
S3Address address_of(const S3Place& place, std::string_view key);

/// The name that `key` has in the bucket: below the place's prefix.
std::string object_name(const S3Place& place, std::string_view key);

/// Percent-encodes every byte but the unreserved ones of RFC 3986 (and `/`, if `keep_slash`), as signatures ask for.
std::string percent_encoded(std::string_view text, bool keep_slash);

/// The place as a platform profile names it: `s3://bucket/prefix`.
std::string root_of(const S3Place& place);

/// Where the place is, for messages: its root and its endpoint.
std::string described(const S3Place& place);

}  // namespace mf::store
