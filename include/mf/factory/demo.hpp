#pragma once
// `mf demo`: a folder with everything a first run needs.
//
// Room: factory.

#include <cstdint>
#include <string>

#include "mf/factory/result.hpp"
#include "mf/observability/journal.hpp"

namespace mf::factory {

struct DemoChoices {
  std::uint64_t seed = 7;
  std::int64_t transactions = 200'000;
};

/// Writes DIR/mf.yaml, request.json, store/ (profiles, manifest, materialisation, rows) and an empty registry/.
/// Finishing an interrupted demo with the same choices is fine. mf.yaml and request.json are written last.
/// Outcome DEMO_WRITTEN. Throws DESTINATION_NOT_EMPTY when DIR holds anything else.
Result write_demo(const std::string& folder, const DemoChoices& choices, observability::Journal& journal);

}  // namespace mf::factory
