#pragma once
// What every fuzz target holds its reader to: hostile input is refused with an mf::Error, or read; nothing else
// happens.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <type_traits>

#include "mf/error.hpp"

/// Called by libFuzzer, or by replay.cpp, with one input at a time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace mf::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Ends the process unless `holds`, so that the input is kept as a finding.
inline void require(bool holds, const char* fact) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", fact);
  std::abort();
}

/// What `read` returns, or nothing when it refuses. An INTERNAL error is a defect; any other exception goes on, and
/// ends the process.
template <class Read>
std::optional<std::invoke_result_t<Read>> accepted(Read read) {
  try {
    return read();
  } catch (const Error& error) {
    if (error.code() == Code::INTERNAL) std::fprintf(stderr, "%s\n", error.what());
    require(error.code() != Code::INTERNAL, "no input makes mf accuse itself");
    return {};
  }
}

}  // namespace mf::fuzz
