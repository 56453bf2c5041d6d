#pragma once
// Which event of the ledger is which step of a run's life: one table.

#include <span>
#include <string>
#include <vector>

#include "mf/contracts/ledger_documents.hpp"
#include "observability/standing.hpp"

namespace mf::observability {

/// A step: an event on a condition. `counter` counts it, and `result` is the artifact that it comes to; both may be
/// empty.
struct Step {
  const char* event;
  bool (*holds)(const Progress& before, const contracts::LedgerEvent& event);
  const char* type;
  const char* counter;
  const char* result;
};

std::span<const Step> lifecycle_table();

/// What `event` is to a run that stood so before it. Several, where one event is two steps.
std::vector<const Step*> steps_of(const Progress& before, const contracts::LedgerEvent& event);

}  // namespace mf::observability
