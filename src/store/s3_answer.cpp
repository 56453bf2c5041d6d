#include "store/s3_answer.hpp"

#include <algorithm>
#include <pugixml.hpp>

#include "mf/error.hpp"

namespace mf::store {
namespace {

/// Without entities of its own making, DTDs and the like: pugixml leaves them all aside.
pugi::xml_document parsed(std::string_view body) {
  pugi::xml_document document;
  document.load_buffer(body.data(), body.size(), pugi::parse_default, pugi::encoding_utf8);
  return document;
}

bool is_letter_or_digit(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

[[noreturn]] void refuse(const std::string& what) {
  throw Error(Code::STORE_UNAVAILABLE, "the object store's listing " + what, {},
              "Check that the endpoint is that of an S3-compatible object store.");
}

}  // namespace

std::string failure_code(std::string_view body) {
  constexpr std::size_t kLongest = 64;
  const std::string code = parsed(body).child("Error").child_value("Code");
  return code.size() <= kLongest && std::all_of(code.begin(), code.end(), is_letter_or_digit) ? code : "";
}

S3Listing read_listing(std::string_view body) {
  const auto document = parsed(body);
  const auto result = document.child("ListBucketResult");
  const std::string truncated = result.child_value("IsTruncated");
  if (truncated != "true" && truncated != "false") refuse("is not one");
  S3Listing listing;
  for (const auto& object : result.children("Contents")) listing.names.emplace_back(object.child_value("Key"));
  if (truncated == "true") listing.next = result.child_value("NextContinuationToken");
  if (truncated == "true" && listing.next.empty()) refuse("goes on, and does not say how");
  return listing;
}

}  // namespace mf::store
