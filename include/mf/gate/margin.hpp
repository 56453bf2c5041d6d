#pragma once
// How near a verdict is to another one.
//
// Room: gate.

#include <optional>

#include "mf/contracts/gate_documents.hpp"
#include "mf/gate/judge.hpp"

namespace mf::gate {

/// How far what is held against the threshold (figure, bound, or bound of a difference) is on its good side: 0 on it,
/// negative beyond. Nothing where there is no such number.
std::optional<double> margin_of(const contracts::CriterionResult& result);

/// The criterion that decides: of the blocking ones with the worst outcome the one with the smallest margin, one
/// without a margin before all others. Null when none blocks.
const contracts::CriterionResult* decisive(const Verdict& verdict);

}  // namespace mf::gate
