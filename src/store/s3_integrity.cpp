#include "store/s3_integrity.hpp"

#include <charconv>

#include "mf/identity/digest.hpp"

namespace mf::store {
namespace {

/// 443, out of `bytes 0-9/443`. Nothing when the header is another one.
std::optional<std::uint64_t> total_of(const std::string& content_range) {
  const std::size_t slash = content_range.find('/');
  if (slash == std::string::npos) return {};
  std::uint64_t total = 0;
  const char* end = content_range.data() + content_range.size();
  const auto [stop, error] = std::from_chars(content_range.data() + slash + 1, end, total);
  return error == std::errc() && stop == end ? std::optional(total) : std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> whole_size(const HttpReply& reply) {
  if (reply.oversized) return {};
  if (reply.status == 200) return reply.body.size();  // a server may leave a range aside, and send all of it
  return reply.status == 206 ? total_of(reply.header("content-range")) : std::nullopt;
}

bool is_spoiled(const HttpReply& reply) {
  const std::string expected = reply.header(kDigestHeader);
  return !expected.empty() && whole_size(reply) == reply.body.size() && identity::sha256_hex(reply.body) != expected;
}

}  // namespace mf::store
