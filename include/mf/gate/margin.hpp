#pragma once
// How near a verdict is to another one.
//
// Room: gate.

#include <optional>

#include "mf/contracts/gate_documents.hpp"
#include "mf/gate/judge.hpp"

namespace mf::gate {

/// What is held against the threshold: the figure, the bound of its interval, or that of the difference. Nothing where
/// there is no such number.
std::optional<double> held_by(const contracts::CriterionResult& result);

/// How far that is on the good side of the threshold: 0 on it, negative beyond.
std::optional<double> margin_of(const contracts::CriterionResult& result);

/// The criterion that decides: of the blocking ones with the worst outcome the one with the smallest margin, one
/// without a margin before all others. Null when none blocks.
const contracts::CriterionResult* decisive(const Verdict& verdict);

}  // namespace mf::gate
