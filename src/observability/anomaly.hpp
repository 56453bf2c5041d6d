#pragma once
// What of the failures of a run is an anomaly, and of which category: one closed table.

#include <optional>
#include <string>
#include <string_view>

#include "mf/contracts/ledger_documents.hpp"

namespace mf::observability {

struct Anomaly {
  std::string code;      ///< of mf's table, or UNKNOWN
  std::string category;  ///< one that the whole platform knows
  std::string stage;
};

/// The anomaly that `event` tells of; none for what is in the nature of things: a gate FAIL, a cancellation, somebody
/// else at work, a budget that is spent.
std::optional<Anomaly> anomaly_of(const contracts::LedgerEvent& event);

/// The platform's category of a code.
std::string_view category_of(std::string_view code);

}  // namespace mf::observability
