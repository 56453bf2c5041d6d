#pragma once
// A verdict as people read it.

#include <string>

#include "mf/contracts/gate_documents.hpp"

namespace mf::factory {

/// PASS, FAIL or INCONCLUSIVE; a receipt from before there was a third has its decision only.
std::string verdict_in(const contracts::GateReceipt& receipt);

/// The criterion and, of a slice, which: ranking (channel=web).
std::string name_of(const contracts::CriterionResult& criterion);

/// One line: how it came out, the figure, its interval, and what was asked.
std::string in_words(const contracts::CriterionResult& criterion);

}  // namespace mf::factory
