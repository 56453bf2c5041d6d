#pragma once
// An examined run, told as one chain of links from manifest to registry.

#include "factory/examination.hpp"
#include "mf/contracts/proofs.hpp"

namespace mf::factory {

/// What the examination of a run, inputs included, proves; circumstance is left empty. Throws what keeps it from
/// listing the registry.
contracts::ContinuityProof continuity_of(const Examined& examined);

}  // namespace mf::factory
