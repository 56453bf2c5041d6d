#pragma once
// The lines that one event of a run gives.

#include <string>
#include <vector>

#include "mf/observability/signals.hpp"
#include "observability/anomaly.hpp"
#include "observability/lifecycle.hpp"
#include "observability/standing.hpp"

namespace mf::observability {

/// An event of a run that stands so after it.
struct Told {
  const contracts::LedgerEvent& event;
  const Standing& after;
};

SignalLine lifecycle_fact(const Told& told, const Step& step);
SignalLine anomaly_fact(const Told& told, const Anomaly& anomaly);

/// Reading a protected ref ended so; `number` of the refs of this event.
SignalLine audit_fact(const Told& told, const ReadRef& ref, std::size_t number);
SignalLine denial_fact(const Told& told, const ReadRef& ref, std::size_t number);

/// The three kinds that the platform's bus knows: what the event is of them to a run that had come so far `before`.
std::vector<SignalLine> control_facts(const Told& told, const Progress& before);

}  // namespace mf::observability
