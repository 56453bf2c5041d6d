#include "observability/health.hpp"

#include <string_view>

namespace mf::observability {
namespace {

constexpr std::int64_t kAnomaliesRed = 10;

struct Rule {
  bool (*holds)(const Account& account);
  const char* reason;
};

std::int64_t counted(const Account& account, const char* name) {
  const auto found = account.tally.counters.find(name);
  return found == account.tally.counters.end() ? 0 : found->second;
}

constexpr Rule kRed[] = {
    {[](const Account& of) { return counted(of, "train_failed") > counted(of, "train_canceled"); }, "FAILED_TOTAL_RED"},
    {[](const Account& of) { return of.anomalies() >= kAnomaliesRed; }, "ANOMALIES_RED"},
};

constexpr Rule kAmber[] = {
    {[](const Account& of) { return of.anomalies() >= 1 && of.anomalies() < kAnomaliesRed; }, "ANOMALIES_AMBER"},
    {[](const Account& of) { return counted(of, "publish_pending") >= 1; }, "PUBLISH_PENDING_AMBER"},
    {[](const Account& of) { return !of.unreadable.empty(); }, "UNREADABLE_RUNS_AMBER"},
};

}  // namespace

Health health_of(const Account& account) {
  Health health{"GREEN", {}};
  const auto weigh = [&](const auto& rules, const char* state) {
    for (const Rule& rule : rules) {
      if (!rule.holds(account)) continue;
      health.reasons.emplace_back(rule.reason);
      if (health.state != std::string_view("RED")) health.state = state;
    }
  };
  weigh(kRed, "RED");
  weigh(kAmber, "AMBER");
  return health;
}

}  // namespace mf::observability
