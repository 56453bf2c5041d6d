#pragma once
// Signature Version 4: how a request to S3 says who asks. Pure.

#include <map>
#include <string>
#include <string_view>

#include "mf/time.hpp"
#include "store/s3_credentials.hpp"

namespace mf::store {

/// All that a signature covers.
struct SignedFacts {
  std::string method;
  std::string path;                            ///< percent-encoded, as it is sent
  std::map<std::string, std::string> query;    ///< not encoded
  std::map<std::string, std::string> headers;  ///< by lower-case name; host and x-amz-date among them
  std::string payload_sha256;                  ///< of the body, as hex
};

/// What a signature is good for, besides a day.
struct SigningScope {
  std::string region;
  std::string service = "s3";
};

/// `time` as x-amz-date wants it: 20150830T123600Z.
std::string amz_date(UtcTime time);

/// The query, encoded and in the order that is signed; it is sent in just this form. Empty when there is none.
std::string canonical_query(const std::map<std::string, std::string>& query);

/// The value of the Authorization header. It depends on nothing but its arguments; the time is that of x-amz-date.
std::string authorization(const SignedFacts& facts, const S3Credentials& credentials, const SigningScope& scope);

}  // namespace mf::store
