#pragma once
// One request over HTTP and its reply. The only file that touches libcurl.

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "mf/store/s3.hpp"

namespace mf::store {

struct HttpRequest {
  std::string method;  ///< GET, HEAD or PUT
  std::string url;
  std::map<std::string, std::string> headers;
  std::string_view body;        ///< must stay where it is until the reply is there
  std::size_t reply_limit = 0;  ///< a longer body is cut off, and `oversized` says so
};

struct HttpReply {
  enum class Failure { none, transient, permanent, untrusted };

  int status = 0;                                ///< 0: no whole reply came, and `reason` says why
  std::map<std::string, std::string> headers{};  ///< by lower-case name
  std::string body{};
  bool oversized = false;
  /// transient: the same request may get a reply later. untrusted: the server does not prove who it is.
  Failure failure = Failure::none;
  std::string reason{};

  /// The header, or empty.
  [[nodiscard]] std::string header(const std::string& name) const;
};

/// Sends a request and waits for its reply. Never throws for what the network does.
using Transport = std::function<HttpReply(const HttpRequest&)>;

/// Over the network, without following redirects. Connections are kept for the next request of the same thread. Safe to
/// call from several threads. Servers of https must prove who they are, to the system's list of authorities or to that
/// of AWS_CA_BUNDLE.
/// A request under way when `stop_asked` begins to say so ends without a reply; one that begins later has two seconds.
Transport network(const S3Patience& patience, const StopAsked& stop_asked);

}  // namespace mf::store
