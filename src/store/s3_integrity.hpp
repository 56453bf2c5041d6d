#pragma once
// Whether the bytes that come are those that were put. Their digest lies beside the object, as metadata, which every
// server keeps. Objects that others put have none; whoever reads them holds them against their refs.

#include <cstdint>
#include <optional>

#include "store/s3_http.hpp"

namespace mf::store {

/// The header that carries the SHA-256 of the whole object, as hex, with the put and with each reply to a read.
inline constexpr const char* kDigestHeader = "x-amz-meta-sha256";

/// The size of the whole object that a reply to a read is about, or nothing when it does not tell.
std::optional<std::uint64_t> whole_size(const HttpReply& reply);

/// Whether the reply holds a whole object that is not of its digest: the bytes suffered on their way, or in the store.
bool is_spoiled(const HttpReply& reply);

}  // namespace mf::store
