#pragma once
// Which of a store's runs are asked for.
//
// Room: factory.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mf::factory {

/// A run is listed when it fits everything that is given here.
struct RunFilter {
  std::vector<std::string> states;    ///< any of these
  std::string platform_run_id;        ///< exactly
  std::string since;                  ///< an instant: came to its state then or later
  std::string failed_with;            ///< the code of the last failure, as long as that stands
  std::optional<std::int64_t> limit;  ///< only the first so many of them
};

/// Throws USAGE for a value that nothing could fit: an unknown state or code, no instant, a limit below one.
void require_sensible(const RunFilter& filter);

}  // namespace mf::factory
