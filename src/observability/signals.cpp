#include "mf/observability/signals.hpp"

#include <algorithm>
#include <string_view>

#include "mf/time.hpp"
#include "observability/facts.hpp"

namespace mf::observability {
namespace {

using contracts::LedgerEvent;

constexpr const char* kRefAccessDenied = "REF_ACCESS_DENIED";
constexpr const char* kPending = "publish_pending";
constexpr const char* kTrainCanceled = "train_canceled";  ///< of those that count as train_failed

void add_all(std::map<std::string, std::int64_t>& to, const std::map<std::string, std::int64_t>& from) {
  for (const auto& [name, count] : from) to[name] += count;
}

void count_anomaly(Tally& tally, const std::string& code, const std::string& category) {
  ++tally.anomalies[code];
  ++tally.categories[category];
}

/// One run, told event by event.
class Telling {
 public:
  explicit Telling(const std::string& platform_run_id) : after_(platform_run_id) {
    for (const auto& name : counter_names()) told_.tally.counters[name] = 0;
  }

  void take(const LedgerEvent& event) {
    before_ = after_.progress;
    after_.take(event);
    told_.tally.newest_utc = std::max(told_.tally.newest_utc, with_six_digits(event.at_utc));
    tell_steps(event);
    const bool denied = tell_refs(event);
    tell_anomaly(event, denied);
    for (auto& fact : control_facts({event, after_}, before_)) told_.control.push_back(std::move(fact));
    if (event.event == "BUNDLE_PUBLISHED") told_.tally.last_success_utc = with_six_digits(event.at_utc);
  }

  RunSignals end() {
    if (after_.is_pending) told_.tally.counters[kPending] = 1;
    return std::move(told_);
  }

 private:
  void tell_steps(const LedgerEvent& event) {
    for (const Step* step : steps_of(before_, event)) {
      told_.governance.push_back(lifecycle_fact({event, after_}, *step));
      if (*step->counter != '\0') ++told_.tally.counters[step->counter];
    }
    if (!before_.evaluated && at(event, "terminal_class") == "CANCELED") ++told_.tally.counters[kTrainCanceled];
  }

  bool tell_refs(const LedgerEvent& event) {
    bool denied = false;
    std::size_t number = 0;
    for (const auto& ref : refs_read_by(event)) {
      ++number;
      told_.audits.push_back(audit_fact({event, after_}, ref, number));
      ++told_.tally.refs[ref.status];
      if (ref.status != "DENIED") continue;
      denied = true;
      told_.governance.push_back(denial_fact({event, after_}, ref, number));
      count_anomaly(told_.tally, ref.reason_code, kRefAccessDenied);
    }
    return denied;
  }

  /// A ref that was denied is one anomaly, also where it ended the phase.
  void tell_anomaly(const LedgerEvent& event, bool denied) {
    const auto anomaly = anomaly_of(event);
    if (!anomaly || (denied && anomaly->code == kRefAccessDenied)) return;
    told_.governance.push_back(anomaly_fact({event, after_}, *anomaly));
    count_anomaly(told_.tally, anomaly->code, anomaly->category);
  }

  Progress before_;
  Standing after_;
  RunSignals told_;
};

}  // namespace

void Tally::add(const Tally& other) {
  add_all(counters, other.counters);
  add_all(anomalies, other.anomalies);
  add_all(categories, other.categories);
  add_all(refs, other.refs);
  newest_utc = std::max(newest_utc, other.newest_utc);
  last_success_utc = std::max(last_success_utc, other.last_success_utc);
}

const std::vector<std::string>& counter_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const Step& step : lifecycle_table()) {
      if (*step.counter != '\0') names.emplace_back(step.counter);
      if (std::string_view(step.type) == "MF_TRAIN_FAILED") names.emplace_back(kTrainCanceled);
      if (std::string_view(step.type) == "MF_PUBLISH_PENDING") names.emplace_back(kPending);
    }
    return names;
  }();
  return kNames;
}

std::string with_six_digits(const std::string& at_utc) {
  const auto time = parse_utc(at_utc);
  if (!time) return at_utc;
  std::string text = to_string(*time);
  if (text.find('.') == std::string::npos) text.insert(text.size() - 1, ".000000");
  return text;
}

RunSignals signals_of(const std::string& platform_run_id, const std::vector<LedgerEvent>& events) {
  Telling telling(platform_run_id);
  for (const auto& event : events) telling.take(event);
  return telling.end();
}

}  // namespace mf::observability
