#pragma once
// From the evidence of a run that passed its gate to its bundle.

#include "factory/evidence.hpp"
#include "mf/publication/bundle.hpp"

namespace mf::factory {

/// The gate's word, held against the evidence it was given on. Throws PUBLISH_NOT_ELIGIBLE, GATE_INVALID.
contracts::GateReceipt require_eligible(const Stage& stage, const ledger::RunState& state, const Evidence& evidence);

/// Packs the bundle, keeps it in MF's own tree, before anybody else sees it, and records that.
/// Throws BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION when another one is there.
publication::Bundle package(const Stage& stage, const ledger::RunState& state, const Evidence& evidence,
                            const contracts::GateReceipt& receipt);

}  // namespace mf::factory
