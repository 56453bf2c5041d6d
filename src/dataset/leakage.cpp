#include "mf/dataset/leakage.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <numeric>
#include <span>
#include <string_view>
#include <unordered_set>

#include "dataset/duplicate_rows.hpp"
#include "dataset/entity_overlap.hpp"
#include "dataset/field_text.hpp"
#include "dataset/single_feature_auc.hpp"
#include "mf/dataset/categories.hpp"
#include "mf/dataset/spilled_batches.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

constexpr std::size_t kSamples = 5;
constexpr std::size_t kSuspects = 5;
constexpr std::size_t kShownCharacters = 64;

struct Fix {
  std::string_view guard;
  std::string_view offence;  ///< follows "N of M "
  std::string_view hint;
};

constexpr Fix kFixes[] = {
    {"label_observed_after_asof", "labelled rows have a label observed after label_asof_utc",
     "Cut the labels at label_asof_utc: leave later ones empty, or pin the dataset with a later as-of time."},
    {"event_after_asof", "rows are events after label_asof_utc",
     "Take events after label_asof_utc out of the dataset."},
    {"label_without_observed_time", "labelled rows do not say when the label was observed",
     "Fill the label_observed_time column wherever the label is known."},
    {"feature_after_event", "rows have features computed after the event",
     "Compute features from what was known at the event's time."},
    {"label_observed_before_event", "labelled rows have a label observed before the event",
     "Check the event_time and label_observed_time columns; one of them is wrong."},
    {"duplicate_subject_keys", "rows repeat a subject key", "Give each event one row."},
    {"parts_overlap_in_time", "rows lie in a part that begins before an earlier part ends",
     "This split is not one by time; split again."},
    {"entity_overlap", "rows of validation or test have an entity of an earlier part",
     "Set forbid_entity_overlap to false, or provide data without repeated entities."},
    {"duplicate_feature_rows", "rows of validation or test have the very features of a row of an earlier part",
     "Take repeated rows out of the dataset, or set forbid_duplicate_rows to false."},
    {"id_like_feature", "features are all but a number of the row, or its time",
     "Take the feature out: it tells rows apart and nothing else; else raise suspect_id_like_correlation."},
    {"single_feature_auc", "features alone rank the train rows at least as well as suspect_single_feature_auc",
     "Take the feature out if it holds the label or something known only later; else raise "
     "suspect_single_feature_auc."},
};

void add_sample(GuardFinding& finding, std::string_view text) {
  if (finding.sample_keys.size() < kSamples) finding.sample_keys.emplace_back(text);
}

void settle(GuardFinding& finding) { finding.status = finding.rows_offending == 0 ? "clear" : "violated"; }

GuardFinding not_applicable(const std::string& guard, const std::string& note, bool demanded = false) {
  return {.guard = guard, .status = "not_applicable", .note = note, .demanded = demanded};
}

/// A guard over single rows: which it looks at, and which of them offend.
struct RowGuard {
  const char* name;
  bool (*concerns)(const Rows& rows, std::size_t row);
  bool (*offends)(const Rows& rows, std::size_t row, std::int64_t asof);
};

bool is_any(const Rows& /*rows*/, std::size_t /*row*/) { return true; }
bool is_labelled(const Rows& rows, std::size_t row) { return rows.labels[row] != Rows::kUnknownLabel; }
bool is_dated(const Rows& rows, std::size_t row) {
  return is_labelled(rows, row) && rows.label_time[row] != Rows::kNoTime;
}
bool has_feature_time(const Rows& rows, std::size_t /*row*/) { return !rows.feature_time.empty(); }

constexpr RowGuard kRowGuards[] = {
    {"label_observed_after_asof", is_labelled,
     [](const Rows& rows, std::size_t row, std::int64_t asof) {
       return is_dated(rows, row) && rows.label_time[row] > asof;
     }},
    {"event_after_asof", is_any,
     [](const Rows& rows, std::size_t row, std::int64_t asof) { return rows.event_time[row] > asof; }},
    {"label_without_observed_time", is_labelled,
     [](const Rows& rows, std::size_t row, std::int64_t /*asof*/) { return !is_dated(rows, row); }},
    {"feature_after_event", has_feature_time,
     [](const Rows& rows, std::size_t row, std::int64_t /*asof*/) {
       return rows.feature_time[row] > rows.event_time[row];
     }},
    {"label_observed_before_event", is_dated,
     [](const Rows& rows, std::size_t row, std::int64_t /*asof*/) {
       return rows.label_time[row] < rows.event_time[row];
     }},
};

/// Records `offending` rows (ascending) of `checked`.
GuardFinding from_rows(const std::string& guard, const SpilledRows& rows, std::size_t checked,
                       const std::vector<std::size_t>& offending) {
  GuardFinding finding{.guard = guard, .rows_checked = checked, .rows_offending = offending.size()};
  const auto keys = rows.records().keys_of(std::span(offending).first(std::min(kSamples, offending.size())));
  for (std::size_t i = 0; i < keys.size(); ++i) add_sample(finding, keys[i]);
  settle(finding);
  return finding;
}

struct PrintedRow {
  std::uint64_t print;
  std::size_t row;
};

/// The rows, ascending, whose print another row has too.
std::vector<std::size_t> rows_with_shared_prints(const std::vector<std::uint64_t>& prints) {
  std::vector<PrintedRow> entries(prints.size());
  for (std::size_t i = 0; i < prints.size(); ++i) entries[i] = {prints[i], i};
  std::ranges::sort(entries, {}, &PrintedRow::print);
  std::vector<std::size_t> shared;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool as_before = i > 0 && entries[i - 1].print == entries[i].print;
    const bool as_after = i + 1 < entries.size() && entries[i + 1].print == entries[i].print;
    if (as_before || as_after) shared.push_back(entries[i].row);
  }
  std::ranges::sort(shared);
  return shared;
}

/// The rows, ascending, whose key an earlier row has. Texts are compared only where prints agree.
std::vector<std::size_t> repeated_keys(const SpilledRows& rows) {
  const auto suspects = rows_with_shared_prints(rows.facts().key_prints);
  const auto keys = rows.records().keys_of(suspects);
  std::unordered_set<std::string_view> seen;
  std::vector<std::size_t> repeated;
  for (std::size_t i = 0; i < suspects.size(); ++i)
    if (!seen.insert(keys[i]).second) repeated.push_back(suspects[i]);
  return repeated;
}

bool is_evaluated(Part part) {
  return std::find(kEvaluatedParts.begin(), kEvaluatedParts.end(), part) != kEvaluatedParts.end();
}

std::size_t evaluated_rows(const Split& split) {
  return static_cast<std::size_t>(std::count_if(split.part.begin(), split.part.end(), is_evaluated));
}

constexpr UtcTime kNoEvent{std::numeric_limits<std::int64_t>::max()};

/// The earliest and the latest event of each evaluated part.
std::vector<PartInTime> parts_in_time(const RowFacts& rows, const Split& split) {
  std::vector<PartInTime> parts;
  for (const Part part : kEvaluatedParts) parts.push_back({part, kNoEvent, kNoEvent});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!is_evaluated(split.part[i])) continue;
    auto& part = parts[static_cast<std::size_t>(split.part[i])];
    const UtcTime time{rows.event_time[i]};
    part.first = std::min(part.first, time);
    part.last = part.last == kNoEvent ? time : std::max(part.last, time);
  }
  return parts;
}

/// From the rows themselves, not from the cuts that the split recorded.
GuardFinding check_time_order(const SpilledRows& rows, const Split& split, const std::vector<PartInTime>& parts) {
  constexpr auto kGuard = "parts_overlap_in_time";
  if (split.entity_cuts) return not_applicable(kGuard, "rows are split by entity, not by time");
  if (split.only_tests) return not_applicable(kGuard, "every row tests");
  const auto& times = rows.facts().event_time;
  const std::int64_t test = parts[2].first.microseconds;
  const std::int64_t validation = std::min(parts[1].first.microseconds, test);
  std::vector<std::size_t> offending;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if ((split.part[i] == Part::train && times[i] >= validation) ||
        (split.part[i] == Part::validation && times[i] >= test))
      offending.push_back(i);
  }
  return from_rows(kGuard, rows, evaluated_rows(split), offending);
}

void allow(GuardFinding& finding) {
  finding.demanded = false;
  finding.status = "clear";
  finding.note = "allowed by the profile; " + finding.note;
}

void tell_entities(const EntityOverlap& overlap, std::vector<PartOverlap>& overlaps) {
  for (std::size_t p = 0; p < kPartPairs.size(); ++p) {
    overlaps[p].entities = overlap.shared[p].entities;
    overlaps[p].entity_rows = overlap.shared[p].later_rows;
  }
}

GuardFinding check_entities(const SpilledRows& rows, const Split& split,
                            const contracts::TrainingProfile::Leakage& leakage, std::vector<PartOverlap>& overlaps) {
  constexpr auto kGuard = "entity_overlap";
  const bool forbidden = leakage.forbid_entity_overlap.value_or(false) || split.entity_cuts;
  if (rows.facts().entity_prints.empty())
    return not_applicable(kGuard, "the dataset has no entity_key column", forbidden);
  const EntityOverlap overlap = find_entity_overlap(rows.facts(), split);
  tell_entities(overlap, overlaps);
  if (forbidden && overlap.entities == 0) return not_applicable(kGuard, "no row has an entity", forbidden);
  const auto& offending = forbidden ? overlap.rows_known_from_before : overlap.test_rows_known_from_train;
  GuardFinding finding = from_rows(kGuard, rows, evaluated_rows(split), offending);
  finding.note = std::to_string(overlap.shared[1].entities) + " entities are in train and in test";
  if (!forbidden) allow(finding);
  return finding;
}

GuardFinding check_duplicates(const SpilledRows& rows, const Split& split,
                              const contracts::TrainingProfile::Leakage& leakage, std::vector<PartOverlap>& overlaps) {
  std::vector<std::size_t> offending;
  for (std::size_t p = 0; p < kPartPairs.size(); ++p) {
    const auto found = rows_known_by_features(rows.facts(), split, kPartPairs[p].earlier, kPartPairs[p].later);
    overlaps[p].duplicate_rows = found.size();
    offending.insert(offending.end(), found.begin(), found.end());
  }
  std::ranges::sort(offending);
  offending.erase(std::unique(offending.begin(), offending.end()), offending.end());
  GuardFinding finding = from_rows("duplicate_feature_rows", rows, evaluated_rows(split), offending);
  finding.note = "features are compared bit for bit";
  if (!leakage.forbid_duplicate_rows.value_or(false)) allow(finding);
  return finding;
}

std::string name_and_value(const std::string& name, double value) {
  char text[32];
  std::snprintf(text, sizeof text, "=%.6f", value);
  return name + text;
}

bool has_both_classes(const RowFacts& rows, const Split& split, Part part) {
  std::array<bool, 2> has{};
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (split.part[i] == part) has.at(rows.labels[i] == 1 ? 1 : 0) = true;
  return has[0] && has[1];
}

/// What the guards over features look at: the rows of one part, each feature ranked.
struct Ranked {
  const std::vector<std::string>& names;
  std::vector<FeatureRanking> features;
  std::size_t rows;

  [[nodiscard]] std::vector<std::size_t> in_order_of(double (*worth)(const FeatureRanking&)) const {
    std::vector<std::size_t> order(features.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) { return worth(features[i]); });
    return order;
  }
};

std::vector<std::int32_t> time_ranks_of(Part part, const RowFacts& rows, const Split& split) {
  std::vector<std::int64_t> times;
  times.reserve(split.counts[static_cast<std::size_t>(part)].rows);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (split.part[i] == part) times.push_back(rows.event_time[i]);
  return centred_ranks(times);
}

double auc_of(const FeatureRanking& feature) { return feature.auc; }

/// The closer of the two orders that an id follows.
double closeness(const FeatureRanking& feature) {
  return std::max(std::abs(feature.time_correlation), std::abs(feature.row_correlation));
}

/// Counts the features whose `worth` reaches `limit`, if there is one, as offending.
GuardFinding check_features(const std::string& guard, const Ranked& ranked, std::optional<double> limit,
                            double (*worth)(const FeatureRanking&)) {
  GuardFinding finding{.guard = guard, .rows_checked = ranked.rows};
  const std::size_t best = ranked.in_order_of(worth).front();
  finding.note =
      "counts features, not rows; the best is " + name_and_value(ranked.names[best], worth(ranked.features[best]));
  for (std::size_t feature = 0; limit && feature < ranked.features.size(); ++feature) {
    if (worth(ranked.features[feature]) < *limit) continue;
    ++finding.rows_offending;
    add_sample(finding, name_and_value(ranked.names[feature], worth(ranked.features[feature])));
  }
  finding.demanded = limit.has_value();
  settle(finding);
  return finding;
}

void tell_suspects(const Ranked& ranked, SplitFindings& findings) {
  for (const std::size_t i : ranked.in_order_of(auc_of)) {
    if (findings.feature_suspects.size() == kSuspects) break;
    findings.feature_suspects.push_back({ranked.names[i], ranked.features[i].auc});
  }
  for (const std::size_t i : ranked.in_order_of(closeness)) {
    const auto& feature = ranked.features[i];
    if (findings.id_like_suspects.size() == kSuspects) break;
    if (is_id_like(feature.distinct, ranked.rows))
      findings.id_like_suspects.push_back(
          {ranked.names[i], feature.distinct, feature.time_correlation, feature.row_correlation});
  }
}

/// Both guards over features, if the profile limits either.
void check_all_features(const SpilledRows& rows, const Split& split, const contracts::TrainingProfile::Leakage& leakage,
                        int threads, SplitFindings& findings) {
  const auto& auc_limit = leakage.suspect_single_feature_auc;
  const auto& id_limit = leakage.suspect_id_like_correlation;
  const bool limited = auc_limit || id_limit;
  // Where nothing is trained, a feature that tells the label would flatter the test just the same.
  const Part looked_at = split.only_tests ? Part::test : Part::train;
  const std::string reason =
      limited ? "the " + std::string(name_of(looked_at)) + " part lacks a class" : "the profile sets no limit";
  GuardFinding auc = not_applicable("single_feature_auc", reason, auc_limit.has_value());
  GuardFinding id = not_applicable("id_like_feature", reason, id_limit.has_value());
  if (limited && has_both_classes(rows.facts(), split, looked_at)) {
    const Categories categories(rows, split, looked_at);
    SpilledBatches batches(rows, split, looked_at, &categories);
    const Ranked ranked{rows.feature_names(),
                        rank_features(batches, time_ranks_of(looked_at, rows.facts(), split), threads),
                        batches.row_count()};
    tell_suspects(ranked, findings);
    id = check_features(id.guard, ranked, id_limit, closeness);
    auc = auc_limit ? check_features(auc.guard, ranked, auc_limit, auc_of)
                    : not_applicable(auc.guard, "the profile sets no limit");
  }
  findings.guards.push_back(std::move(auc));
  findings.guards.push_back(std::move(id));
}

const Fix& fix_of(const std::string& guard) {
  const auto* fix = std::find_if(std::begin(kFixes), std::end(kFixes), [&](const Fix& f) { return f.guard == guard; });
  if (fix == std::end(kFixes)) throw Error(Code::INTERNAL, "there is no leakage guard named " + guard);
  return *fix;
}

std::string joined(const std::vector<std::string>& keys) {
  std::string text;
  for (const auto& key : keys) text += (text.empty() ? "" : ", ") + printable(key, kShownCharacters);
  return text;
}

bool counts_features(const std::string& guard) { return guard == "single_feature_auc" || guard == "id_like_feature"; }

[[noreturn]] void refuse_blind(const GuardFinding& finding) {
  throw Error(Code::LEAKAGE_GUARD_VIOLATION,
              finding.guard + ": the profile demands it, and it cannot look: " + finding.note,
              {{"guard", finding.guard}}, "Provide what the guard looks at, or do not demand it.");
}

[[noreturn]] void refuse(const GuardFinding& finding) {
  const Fix& fix = fix_of(finding.guard);
  const std::string offending = std::to_string(finding.rows_offending), checked = std::to_string(finding.rows_checked);
  const std::string counts = counts_features(finding.guard) ? offending : offending + " of " + checked;
  throw Error(
      Code::LEAKAGE_GUARD_VIOLATION,
      finding.guard + ": " + counts + " " + std::string(fix.offence) + ", such as " + joined(finding.sample_keys),
      {{"guard", finding.guard},
       {"rows_offending", offending},
       {"rows_checked", checked},
       {"sample_keys", joined(finding.sample_keys)}},
      std::string(fix.hint));
}

}  // namespace

RowGuards::RowGuards(UtcTime label_asof) : asof_(label_asof.microseconds) {
  for (const auto& guard : kRowGuards) findings_.push_back({.guard = guard.name});
}

void RowGuards::see(const Rows& rows) {
  for (std::size_t g = 0; g < findings_.size(); ++g) {
    const RowGuard& guard = kRowGuards[g];
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!guard.concerns(rows, i)) continue;
      ++findings_[g].rows_checked;
      if (!guard.offends(rows, i, asof_)) continue;
      ++findings_[g].rows_offending;
      add_sample(findings_[g], rows.keys[i]);
    }
  }
}

std::vector<GuardFinding> RowGuards::findings() const {
  auto findings = findings_;
  for (auto& finding : findings) {
    settle(finding);
    if (finding.guard == "feature_after_event" && finding.rows_checked == 0)
      finding = not_applicable(finding.guard, "the dataset has no feature_time column");
  }
  return findings;
}

GuardFinding check_keys(const SpilledRows& rows) {
  return from_rows("duplicate_subject_keys", rows, rows.size(), repeated_keys(rows));
}

SplitFindings check_split(const SpilledRows& rows, const Split& split,
                          const contracts::TrainingProfile::Leakage& leakage, int threads) {
  SplitFindings findings;
  findings.parts = parts_in_time(rows.facts(), split);
  for (const auto& pair : kPartPairs) findings.overlaps.push_back({.earlier = pair.earlier, .later = pair.later});
  findings.guards.push_back(check_time_order(rows, split, findings.parts));
  findings.guards.push_back(check_entities(rows, split, leakage, findings.overlaps));
  check_all_features(rows, split, leakage, threads, findings);
  findings.guards.push_back(check_duplicates(rows, split, leakage, findings.overlaps));
  return findings;
}

void require_clear(const std::vector<GuardFinding>& findings) {
  for (const auto& finding : findings) {
    if (finding.status == "violated") refuse(finding);
    if (finding.status == "not_applicable" && finding.demanded) refuse_blind(finding);
  }
}

}  // namespace mf::dataset
