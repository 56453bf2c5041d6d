#pragma once
// What there is beside the corridor to answer for a run: stamps, scope and jobs; events, attribution and resolutions.

#include "factory/examination.hpp"
#include "mf/contracts/proofs.hpp"

namespace mf::factory {

/// What an examined run has of it. What a release did not write yet is ABSENT.
contracts::ContinuityProof::Coverage coverage_of(const Examined& examined);

/// FAIL when an item fails, ABSENT when all of them are, else PASS.
std::string status_of(const std::vector<contracts::ContinuityProof::Item>& items);

}  // namespace mf::factory
