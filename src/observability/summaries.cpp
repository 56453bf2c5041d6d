#include "mf/observability/summaries.hpp"

#include <nlohmann/json.hpp>

#include "mf/identity/canonical_json.hpp"
#include "mf/redaction.hpp"
#include "observability/health.hpp"

namespace mf::observability {
namespace {

using nlohmann::json;

std::int64_t sum_of(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

std::int64_t count_of(const std::map<std::string, std::int64_t>& counts, const std::string& name) {
  const auto found = counts.find(name);
  return found == counts.end() ? 0 : found->second;
}

json known(const std::string& text) { return text.empty() ? json() : json(text); }

json metrics_of(const Account& account) {
  json metrics = account.tally.counters;
  for (const auto& name : counter_names()) metrics.emplace(name, 0);
  metrics["anomalies_total"] = account.anomalies();
  metrics["requests_rejected"] = sum_of(account.rejections);
  metrics["unreadable_runs"] = account.unreadable.size();
  metrics["dropped_signals"] = account.dropped_signals;
  return metrics;
}

json refs_of(const Account& account) {
  return {{"attempted", sum_of(account.tally.refs)},
          {"resolved", count_of(account.tally.refs, "RESOLVED")},
          {"denied", count_of(account.tally.refs, "DENIED")}};
}

/// What every one of them says. The time is that of the newest event: a clock would make two exports differ.
json heading_of(const Account& account, const char* kind) {
  return {{"schema_version", "mf.signals.v1"},
          {"kind", kind},
          {"component", "mf"},
          {"generated_at_utc", known(account.tally.newest_utc)},
          {"platform_run_id", account.platform_run_id}};
}

std::string written(const json& document) { return redacted(identity::canonical_json(document)) + "\n"; }

}  // namespace

std::int64_t Account::anomalies() const { return sum_of(tally.anomalies); }

std::string metrics_document(const Account& account) {
  json document = heading_of(account, "metrics");
  document["metrics"] = metrics_of(account);
  document["anomalies"] = account.tally.anomalies;
  document["anomaly_categories"] = account.tally.categories;
  document["rejections"] = account.rejections;
  document["evidence_ref_resolution"] = refs_of(account);
  document["last_success_utc"] = known(account.tally.last_success_utc);
  return written(document);
}

std::string health_document(const Account& account) {
  const Health health = health_of(account);
  json document = heading_of(account, "health");
  document["health_state"] = health.state;
  document["health_reasons"] = health.reasons;
  document["metrics"] = metrics_of(account);
  document["anomalies"] = account.tally.anomalies;
  return written(document);
}

std::string reconciliation_document(const Account& account) {
  const Health health = health_of(account);
  json document = heading_of(account, "reconciliation");
  document["metrics"] = metrics_of(account);
  document["anomaly_lanes"] = json::array();
  for (const auto& [kind, count] : account.tally.categories)
    document["anomaly_lanes"].push_back({{"kind", kind}, {"count", count}});
  document["anomalies_total"] = account.anomalies();
  document["governance_events_emitted_total"] = account.governance_events;
  document["evidence_ref_resolution"] = refs_of(account);
  document["health"] = {{"state", health.state}, {"reasons", health.reasons}};
  document["unreadable_runs"] = json::array();
  for (const auto& run : account.unreadable)
    document["unreadable_runs"].push_back({{"run_key", run.run_key}, {"code", run.code}});
  return written(document);
}

std::string contribution_document(const Account& account) {
  json document = heading_of(account, "contribution");
  document["metrics_ref"] = account.platform_run_id + "/" + paths::kMetrics;
  document["reconciliation_ref"] = account.platform_run_id + "/" + paths::kReconciliation;
  document["governance_ref"] = account.platform_run_id + "/" + paths::kGovernance;
  document["summary"] = {{"counters", metrics_of(account)}, {"anomalies_total", account.anomalies()}};
  return written(document);
}

std::string index_document(const Account& account, const std::vector<IndexedFile>& files, std::int64_t markers) {
  json document = heading_of(account, "index");
  document["files"] = json::array();
  for (const auto& file : files)
    document["files"].push_back(
        {{"name", file.name}, {"path", file.path}, {"sha256", file.sha256}, {"bytes", file.bytes}});
  document["markers"] = {{"path", paths::kMarkers}, {"count", markers}};
  return written(document);
}

}  // namespace mf::observability
