#pragma once
// What the runs of one platform run come to: metrics, health, reconciliation, and where to find them.
//
// Room: observability.  Pure.  docs/formats/signals.v1.md.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mf/observability/signals.hpp"

namespace mf::observability {

/// A run whose log cannot be read.
struct UnreadableRun {
  std::string run_key, code;
};

/// All that is counted for one platform run.
struct Account {
  std::string platform_run_id;
  Tally tally;
  std::map<std::string, std::int64_t> rejections;  ///< requests refused before they had a run, by code
  std::vector<UnreadableRun> unreadable;           ///< by run key
  std::int64_t governance_events = 0;              ///< lines of facts and anomalies
  std::int64_t dropped_signals = 0;                ///< files that this export could not write

  [[nodiscard]] std::int64_t anomalies() const;
};

/// A file that an index leads to.
struct IndexedFile {
  std::string name, path, sha256;
  std::int64_t bytes = 0;
};

// The documents, each canonical JSON and a line feed. Paths are relative to the folder of the platform run.
std::string metrics_document(const Account& account);
std::string health_document(const Account& account);
std::string reconciliation_document(const Account& account);
std::string contribution_document(const Account& account);
std::string index_document(const Account& account, const std::vector<IndexedFile>& files, std::int64_t markers);

/// Where these and the lists of lines lie below the folder of a platform run.
namespace paths {
inline constexpr const char* kMetrics = "mf/metrics/last_metrics.json";
inline constexpr const char* kHealth = "mf/health/last_health.json";
inline constexpr const char* kReconciliation = "mf/reconciliation/last_reconciliation.json";
inline constexpr const char* kGovernance = "mf/governance/events.jsonl";
inline constexpr const char* kMarkers = "mf/governance/markers";
inline constexpr const char* kAudits = "mf/governance/evidence_refs.jsonl";
inline constexpr const char* kControl = "mf/control/events.jsonl";
inline constexpr const char* kContribution = "learning/reconciliation/mf_reconciliation.json";
inline constexpr const char* kIndex = "mf/reporter_index.json";
}  // namespace paths

}  // namespace mf::observability
