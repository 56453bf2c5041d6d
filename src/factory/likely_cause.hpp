#pragma once
// Why a run that is made again comes out otherwise.

#include <string>
#include <vector>

#include "factory/parting.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::factory {

struct Cause {
  std::string name;   ///< rows, settings, library, build, cpu; evidence when none of these differs
  std::string words;  ///< one line: what was recorded and what is there now
  std::string fix;    ///< one line
};

/// What differs between the two executions that can change bytes, the likeliest first; never empty.
std::vector<Cause> likely_causes(const contracts::ExecutionRecord& recorded, const contracts::ExecutionRecord& rebuilt,
                                 const std::vector<Parting>& partings);

}  // namespace mf::factory
