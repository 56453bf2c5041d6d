#include <algorithm>
#include <array>

#include "report/in_words.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

using contracts::ExecutionRecord;
using contracts::ResolvedTrainPlan;

Facts dataset_of(const ResolvedTrainPlan::Manifest& manifest) {
  Facts facts{{{"Dataset", Cell::exactly(manifest.dataset_manifest_id)},
               {"Rows", count(manifest.materialization.row_count)},
               {"Labels as of", manifest.label_asof_utc},
               {"Features", manifest.feature_definition_set.feature_set_id + " " +
                                manifest.feature_definition_set.feature_set_version}}};
  if (manifest.maturity_days)
    facts.facts.emplace_back("Without a report, legitimate after", counted(*manifest.maturity_days, "day", "days"));
  facts.facts.emplace_back("Manifest", Cell::exactly(manifest.manifest_ref));
  return facts;
}

/// In the order of time; what is left out comes last.
int rank_of(const std::string& part) {
  constexpr std::array kOrder{"train", "validation", "test"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), part) - kOrder.begin());
}

std::vector<std::string> parts_in_order(const ExecutionRecord& execution) {
  std::vector<std::string> parts;
  for (const auto& [part, counts] : execution.split.parts) parts.push_back(part);
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& left, const auto& right) { return rank_of(left) < rank_of(right); });
  return parts;
}

const contracts::LeakageCertificate::PartInTime* times_of(const Documents& documents, const std::string& part) {
  if (!documents.certificate) return nullptr;
  for (const auto& times : documents.certificate->parts)
    if (times.part == part) return &times;
  return nullptr;
}

Table parts_table(const Documents& documents) {
  Table table{"Every row of the datasets, by the part it fell into; the lower ones took no part in anything",
              {{"Part"}, {"Rows", true}, {"Frauds", true}, {"Share of fraud", true}, {"First event"}, {"Last event"}},
              {}};
  for (const auto& part : parts_in_order(documents.execution)) {
    const auto& counts = documents.execution.split.parts.at(part);
    const auto* times = times_of(documents, part);
    const auto share = counts.rows == 0 ? std::optional<double>()
                                        : static_cast<double>(counts.positives) / static_cast<double>(counts.rows);
    table.rows.push_back({part, count(counts.rows), count(counts.positives), percentage(share),
                          times == nullptr ? "–" : times->first_event_utc,
                          times == nullptr ? "–" : times->last_event_utc});
  }
  return table;
}

void add(Facts& facts, const char* name, const std::optional<std::string>& value) {
  if (value) facts.facts.emplace_back(name, *value);
}

Facts split_of(const ExecutionRecord& execution) {
  const auto& split = execution.split;
  Facts facts{{{"Split", execution.split_strategy}}};
  add(facts, "Validation from", split.validation_start_utc);
  add(facts, "Test from", split.test_start_utc);
  add(facts, "Labels are mature until", split.mature_until_utc);
  if (split.embargo_hours > 0)
    facts.facts.emplace_back("Left out between parts", number(split.embargo_hours) + " hours");
  if (split.entity_hash)
    facts.facts.emplace_back("Parts by entity",
                             "train below " + number(split.entity_hash->train_below) + ", validation below " +
                                 number(split.entity_hash->validation_below) + " of the hash with seed " +
                                 std::to_string(split.entity_hash->seed));
  if (execution.sampling) {
    const auto& sampling = *execution.sampling;
    facts.facts.emplace_back("Sampling of train rows",
                             sampling.rule + " at " + number(sampling.rate) + ": " + count(sampling.kept) +
                                 " legitimate rows kept, each of weight " + number(sampling.weight) + ", and " +
                                 count(sampling.dropped) + " dropped");
  }
  return facts;
}

}  // namespace

Section data_section(const Documents& documents) {
  Section section{"data", "Data and split"};
  section.blocks = {split_of(documents.execution), parts_table(documents)};
  for (const auto& manifest : documents.plan.canonical_manifests()) section.blocks.emplace_back(dataset_of(manifest));
  return section;
}

}  // namespace mf::report
