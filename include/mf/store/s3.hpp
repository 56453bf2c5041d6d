#pragma once
// A store in a bucket of an S3-compatible object store.
//
// Room: store (the only room that touches libcurl).

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "mf/store/artifact_store.hpp"

namespace mf::store {

/// A place in an object store. Nothing here is secret: credentials come from the environment.
struct S3Place {
  std::string endpoint;  ///< `http(s)://host[:port]`, without a path
  std::string region;    ///< what requests are signed for, such as `eu-west-1`
  std::string bucket;
  std::string prefix;      ///< keys lie below it; empty: directly in the bucket
  bool path_style = true;  ///< `host/bucket/key`; otherwise `bucket.host/key`
};

/// How long an answer is waited for, and how often it is asked for again.
struct S3Patience {
  std::chrono::milliseconds connect{5'000};        ///< for a connection
  std::chrono::milliseconds silence{30'000};       ///< without a byte in either direction
  std::chrono::milliseconds first_pause{100};      ///< the longest first pause; each further one may be twice as long,
  std::chrono::milliseconds longest_pause{5'000};  ///< up to this
  int attempts = 5;                                ///< of one request, the first included
};

/// Whether whoever waits for the store was told to stop. Asked often, by every thread that waits; must not throw.
using StopAsked = std::function<bool()>;

/// The place that a platform profile names with `s3://bucket[/prefix]`, an endpoint, a region and an addressing style.
/// Throws PROFILE_INVALID when one of them is malformed.
S3Place s3_place(const std::string& root, const std::string& endpoint, const std::string& region, bool path_style);

/// Opens the place as a store, after asking once whether the bucket answers. Credentials are AWS_ACCESS_KEY_ID,
/// AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile AWS_PROFILE of the shared credentials file; they are
/// never printed or kept anywhere else. Each object is put with its
/// SHA-256, and one that comes back otherwise (up to 8 MiB) is read again. What is transient (no connection, silence,
/// 5xx, throttling) is tried again, with growing random pauses. Once `stop_asked` says so (empty: never), nobody waits
/// any longer: a request under way ends with INTERRUPTED, done or not, as a process that ends would leave it; one that
/// begins later, by which a run is given back, has one attempt of two seconds. A put whose outcome is unknown is
/// settled by reading back: it may then say identical for bytes that it created itself. Before its first put the store
/// makes sure that the server honours `If-None-Match: *`. Throws STORE_UNAVAILABLE when the server or the bucket does
/// not answer, STORE_NOT_PERMITTED without credentials or permission, STORE_UNTRUSTED when a server of https cannot
/// prove who it is, PROFILE_INVALID when the bucket is in another region; a put also throws STORE_REPLACES when the
/// server ignores the condition.
std::unique_ptr<ArtifactStore> open_s3(const S3Place& place, const S3Patience& patience = {},
                                       const StopAsked& stop_asked = {});

}  // namespace mf::store
