#include "mf/observability/prometheus.hpp"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "mf/observability/signals.hpp"
#include "mf/time.hpp"
#include "observability/anomaly.hpp"

namespace mf::observability {
namespace {

using nlohmann::json;
using Counts = std::map<std::string, std::int64_t>;

/// A family of series. What only grows is a counter to OpenMetrics, by a name that ends in _total.
struct Family {
  std::string name;
  std::string help;
  std::string label;  ///< of the samples; empty: there is one, without
  std::vector<std::pair<std::string, std::string>> samples;
};

struct Meaning {
  const char* metric;
  const char* name;
  const char* help;
};

constexpr Meaning kMeanings[] = {
    {"train_requested", "mf_train_requested_total", "Runs that were asked for."},
    {"requests_joined", "mf_requests_joined_total", "Further requests that joined a run."},
    {"requests_rejected", "mf_requests_rejected_total", "Requests refused before they had a run."},
    {"plans_locked", "mf_plans_locked_total", "Runs whose inputs were locked."},
    {"train_completed", "mf_train_completed_total", "Runs that were trained and evaluated."},
    {"train_failed", "mf_train_failed_total", "Runs that ended before they were evaluated."},
    {"train_canceled", "mf_train_canceled_total", "Of the runs that ended before they were evaluated: given up."},
    {"eval_pass", "mf_eval_pass_total", "Runs that passed their gate."},
    {"eval_fail", "mf_eval_fail_total", "Runs that did not pass their gate."},
    {"eval_rejected", "mf_eval_rejected_total", "Runs whose rows were refused after they were evaluated."},
    {"publish_pending", "mf_publish_pending", "Runs whose publication is to be tried again."},
    {"publish_retries", "mf_publish_retries_total", "Times that a pending publication was tried again."},
    {"publish_conflicts", "mf_publish_conflicts_total", "Runs whose place in the registry holds other bytes."},
    {"bundle_published", "mf_bundle_published_total", "Runs whose bundle the registry has."},
    {"runs_canceled", "mf_runs_canceled_total", "Runs that were given up."},
    {"unreadable_runs", "mf_unreadable_runs", "Runs whose log cannot be read."},
    {"dropped_signals", "mf_dropped_signals", "Files of signals that the last exports could not write."},
};

std::int64_t count_of(const Counts& counts, const std::string& name) {
  const auto found = counts.find(name);
  return found == counts.end() ? 0 : found->second;
}

/// Adds the integers of the object `name` of a document.
void add_counts(Counts& to, const json& document, const char* name) {
  const auto found = document.find(name);
  if (found == document.end() || !found->is_object()) return;
  for (const auto& [key, value] : found->items())
    if (value.is_number_integer()) to[key] += value.get<std::int64_t>();
}

std::string word(const json& document, const char* name) {
  const auto found = document.find(name);
  return found != document.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Family family_of(const std::string& name, const std::string& help, const std::string& label, const Counts& counts,
                 std::initializer_list<const char*> values) {
  Family family{name, help, label, {}};
  for (const char* value : values) family.samples.emplace_back(value, std::to_string(count_of(counts, value)));
  return family;
}

std::string seconds_of(const std::string& at_utc) {
  const auto time = parse_utc(at_utc);
  if (!time) return {};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%lld.%06lld",
                static_cast<long long>(time->microseconds / kMicrosecondsPerSecond),
                static_cast<long long>(time->microseconds % kMicrosecondsPerSecond));
  return text.data();
}

void write(std::string& text, const Family& family, Figures::Format format) {
  const bool counts = format == Figures::Format::openmetrics && family.name.ends_with("_total");
  const std::string name = counts ? family.name.substr(0, family.name.size() - 6) : family.name;
  text += "# HELP " + name + " " + family.help + "\n# TYPE " + name + (counts ? " counter\n" : " gauge\n");
  for (const auto& [label, value] : family.samples)
    text += family.name + (family.label.empty() ? "" : "{" + family.label + "=\"" + label + "\"}") + " " + value + "\n";
}

}  // namespace

Figures::Figures() = default;

void Figures::add(std::string_view metrics_document, std::string_view health_document) {
  const auto metrics = json::parse(metrics_document, nullptr, false);
  const auto health = json::parse(health_document, nullptr, false);
  if (!metrics.is_object() || !health.is_object()) return;
  ++platform_runs_;
  add_counts(metrics_, metrics, "metrics");
  add_counts(categories_, metrics, "anomaly_categories");
  add_counts(refs_, metrics, "evidence_ref_resolution");
  ++states_[word(health, "health_state")];
  last_success_utc_ = std::max(last_success_utc_, word(metrics, "last_success_utc"));
}

std::string Figures::text(Format format) const {
  std::string text;
  for (const Meaning& meaning : kMeanings)
    write(text, {meaning.name, meaning.help, {}, {{{}, std::to_string(count_of(metrics_, meaning.metric))}}}, format);
  write(text,
        family_of("mf_anomalies_total", "Failures that nobody asked for, by the platform's category.", "category",
                  categories_,
                  {"INCOMPATIBILITY", "PUBLISH_AMBIGUOUS", "REF_ACCESS_DENIED", "REPLAY_BASIS_MISMATCH",
                   "SCHEMA_POLICY_MISSING", "UNKNOWN"}),
        format);
  write(text,
        family_of("mf_evidence_refs_total", "Protected refs that were read, by outcome.", "outcome", refs_,
                  {"resolved", "denied"}),
        format);
  write(text,
        family_of("mf_health", "Platform runs by their state of health.", "state", states_, {"GREEN", "AMBER", "RED"}),
        format);
  write(text,
        {"mf_platform_runs", "Platform runs that these figures are of.", {}, {{{}, std::to_string(platform_runs_)}}},
        format);
  Family success{"mf_last_success_timestamp_seconds", "When a bundle was published last.", {}, {}};
  if (const auto seconds = seconds_of(last_success_utc_); !seconds.empty()) success.samples.emplace_back("", seconds);
  write(text, success, format);
  if (format == Format::openmetrics) text += "# EOF\n";
  return text;
}

}  // namespace mf::observability
