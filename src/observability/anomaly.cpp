#include "observability/anomaly.hpp"

#include <algorithm>
#include <iterator>

#include "observability/standing.hpp"

namespace mf::observability {
namespace {

struct Row {
  std::string_view code, category;
};

/// Every other code is UNKNOWN.
constexpr Row kCategories[] = {
    {"FEATURE_SCHEMA_INCOMPATIBLE", "INCOMPATIBILITY"},
    {"AS_OF_INCONSISTENT_ACROSS_SET", "INCOMPATIBILITY"},
    {"REGISTRY_UNAVAILABLE", "PUBLISH_AMBIGUOUS"},
    {"MANIFEST_DIGEST_MISMATCH", "REPLAY_BASIS_MISMATCH"},
    {"MATERIALIZATION_DIGEST_MISMATCH", "REPLAY_BASIS_MISMATCH"},
    {"TRAINING_PROFILE_UNRESOLVED", "SCHEMA_POLICY_MISSING"},
    {"GOVERNANCE_PROFILE_UNRESOLVED", "SCHEMA_POLICY_MISSING"},
    {"REF_ACCESS_DENIED", "REF_ACCESS_DENIED"},
};

/// Reasons, not anomalies.
constexpr std::string_view kPlain[] = {
    "GATE_FAIL",          "RUN_CANCELED",    "INTERRUPTED",       "LEASE_HELD",
    "LEASE_LOST",         "RETRY_EXHAUSTED", "RETRY_NOT_PENDING", "PUBLISH_RETRY_EXHAUSTED",
    "PUBLISH_NOT_ALLOWED"};

constexpr std::string_view kTelling[] = {"STAGE_FAILED", "PUBLISH_PENDING", "RUN_FAILED"};

template <std::size_t N>
bool is_among(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

std::string_view category_of(std::string_view code) {
  const auto row =
      std::find_if(std::begin(kCategories), std::end(kCategories), [&](const Row& one) { return one.code == code; });
  return row == std::end(kCategories) ? "UNKNOWN" : row->category;
}

std::optional<Anomaly> anomaly_of(const contracts::LedgerEvent& event) {
  const std::string code = failure_code(event);
  if (!is_among(kTelling, event.event) || code.empty() || is_among(kPlain, code)) return {};
  // Whatever kept the registry from answering, nobody knows whether it has the bundle.
  const std::string_view category = event.event == "PUBLISH_PENDING" ? "PUBLISH_AMBIGUOUS" : category_of(code);
  return Anomaly{code, std::string(category), at(event, "stage")};
}

}  // namespace mf::observability
