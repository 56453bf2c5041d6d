#include "report/verdict.hpp"

#include <algorithm>

#include "report/in_words.hpp"
#include "report/metric_titles.hpp"

namespace mf::report {
namespace {

using contracts::CriterionResult;

bool blocks(const CriterionResult& criterion) { return criterion.severity == "block" && criterion.outcome != "PASS"; }

std::string in_words(const CriterionResult& criterion) {
  return criterion.id + " (" + title_of_metric(criterion.metric) + " of " + criterion.part + ": " +
         (criterion.reason.empty() ? criterion.outcome : criterion.reason) + ")";
}

std::string failures_of(const contracts::GateReceipt& receipt) {
  std::string words;
  std::int64_t failed = 0;
  for (const auto& criterion : receipt.criteria) {
    if (!blocks(criterion)) continue;
    words += (words.empty() ? "" : "; ") + in_words(criterion);
    ++failed;
  }
  return counted(failed, "blocking criterion does", "blocking criteria do") + " not hold: " + words + ".";
}

std::string success_of(const Documents& documents) {
  const auto& receipt = *documents.verdict;
  const auto criteria = static_cast<std::int64_t>(receipt.criteria.size());
  std::int64_t warned = 0;
  for (const auto& criterion : receipt.criteria) warned += criterion.outcome == "PASS" ? 0 : 1;
  const std::string first = warned == 0 ? "All " + counted(criteria, "criterion", "criteria") + " of the policy hold."
                                        : "Every blocking criterion of the policy holds; " + count(warned) + " of " +
                                              count(criteria) + " only warn, and did not hold.";
  const bool any_blocks =
      std::ranges::any_of(receipt.criteria, [](const auto& each) { return each.severity == "block"; });
  const std::string empty = any_blocks ? "" : " No criterion of the policy blocks: it could only pass.";
  return first + empty + (documents.state == "PUBLISHED" ? " The bundle is published." : "");
}

}  // namespace

Outcome outcome_named(const std::string& name, const std::string& severity) {
  if (name == "PASS") return Outcome::pass;
  if (severity == "warn") return Outcome::warning;
  return name == "INCONCLUSIVE" ? Outcome::inconclusive : Outcome::fail;
}

Verdict verdict_of(const Documents& documents) {
  if (!documents.verdict)
    return {Outcome::none, "NOT JUDGED", "The run is evaluated, and the gate has not given its verdict."};
  const std::string word = documents.verdict->verdict.value_or(documents.verdict->gate_decision);
  return {outcome_named(word, "block"), word, word == "PASS" ? success_of(documents) : failures_of(*documents.verdict)};
}

}  // namespace mf::report
