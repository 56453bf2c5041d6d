#pragma once
// The wall to XGBoost: handles that free themselves, and its failures as mf::Error.

#include <memory>
#include <string>
#include <string_view>

namespace mf::engine {

/// Passes over a successful `status` of an XGBoost function. Throws OUT_OF_MEMORY or ENGINE_FAILED with what XGBoost
/// said.
void call(int status);

/// XGBoost's last words without the clock, the source line and the stack trace around them: one line.
std::string plain_words(std::string_view engine_message);

/// Keeps XGBoost from printing on this thread.
void silence_engine();

struct FreeMatrix {
  void operator()(void* handle) const noexcept;
};
struct FreeBooster {
  void operator()(void* handle) const noexcept;
};
using MatrixHandle = std::unique_ptr<void, FreeMatrix>;
using ModelHandle = std::unique_ptr<void, FreeBooster>;

}  // namespace mf::engine
