#pragma once
// Digest and size of bytes that stream by.

#include <cstdint>
#include <string>

#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// What was read.
struct Weighed {
  std::string sha256;
  std::uint64_t bytes = 0;
};

/// Reads `source` to its end, a block at a time. Throws what reading throws.
Weighed weigh(store::Source& source);

}  // namespace mf::factory
