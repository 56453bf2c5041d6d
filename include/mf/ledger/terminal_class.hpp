#pragma once
// How a run ended: the class beside the state FAIL, or PUBLISHED.
//
// Room: ledger.  Pure.  docs/formats/ledger_event.v1.md lists the classes.

#include <cstdint>
#include <optional>
#include <string_view>

namespace mf::ledger {

/// published: the registry has the bundle.  rejected_inputs: the pinned rows cannot be used.  failed_gates: the model
/// does not meet the policy.  failed_conflict: the registry holds other bytes in the bundle's place.  canceled:
/// somebody gave the run up.
enum class TerminalClass : std::uint8_t { published, rejected_inputs, failed_gates, failed_conflict, canceled };

std::string_view name_of(TerminalClass end);
std::optional<TerminalClass> terminal_class_named(std::string_view name);

}  // namespace mf::ledger
