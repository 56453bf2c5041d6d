#pragma once
// Which replies are worth asking again for, and how long to wait before. Pure.

#include <chrono>

#include "mf/store/s3.hpp"
#include "store/s3_http.hpp"

namespace mf::store {

/// Whether the same request may get another reply later: no connection, a lost reply, a server that is busy or broken,
/// and a conditional put that lost a race still undecided (409).
bool is_transient(const HttpReply& reply);

/// How long to wait after `failed` attempts (at least 1): `chance` (0 to 1) of a limit that doubles with each of them,
/// up to the longest pause. Random from the first on, so that many launchers do not come back at once.
std::chrono::milliseconds pause_after(int failed, double chance, const S3Patience& patience);

}  // namespace mf::store
