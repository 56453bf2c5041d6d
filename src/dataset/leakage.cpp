#include "mf/dataset/leakage.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <span>
#include <string_view>
#include <unordered_set>

#include "dataset/entity_overlap.hpp"
#include "dataset/field_text.hpp"
#include "dataset/single_feature_auc.hpp"
#include "mf/dataset/categories.hpp"
#include "mf/dataset/spilled_batches.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

constexpr std::size_t kSamples = 5;
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
    {"single_feature_auc", "features alone rank the train rows at least as well as suspect_single_feature_auc",
     "Take the feature out if it holds the label or something known only later; else raise "
     "suspect_single_feature_auc."},
};

void add_sample(GuardFinding& finding, std::string_view text) {
  if (finding.sample_keys.size() < kSamples) finding.sample_keys.emplace_back(text);
}

void settle(GuardFinding& finding) { finding.status = finding.rows_offending == 0 ? "clear" : "violated"; }

GuardFinding not_applicable(const std::string& guard, const std::string& note) {
  return {.guard = guard, .status = "not_applicable", .note = note};
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

/// The earliest event of `part`, or the end of time.
std::int64_t begin_of(Part part, const RowFacts& rows, const Split& split) {
  std::int64_t begin = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (split.part[i] == part) begin = std::min(begin, rows.event_time[i]);
  }
  return begin;
}

/// From the rows themselves, not from the cuts that the split recorded.
GuardFinding check_time_order(const SpilledRows& rows, const Split& split) {
  const auto& times = rows.facts().event_time;
  const std::int64_t test = begin_of(Part::test, rows.facts(), split);
  const std::int64_t validation = std::min(begin_of(Part::validation, rows.facts(), split), test);
  std::vector<std::size_t> offending;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if ((split.part[i] == Part::train && times[i] >= validation) ||
        (split.part[i] == Part::validation && times[i] >= test))
      offending.push_back(i);
  }
  return from_rows("parts_overlap_in_time", rows, evaluated_rows(split), offending);
}

GuardFinding check_entities(const SpilledRows& rows, const Split& split,
                            const contracts::TrainingProfile::Leakage& leakage) {
  constexpr auto kGuard = "entity_overlap";
  if (rows.facts().entity_prints.empty()) return not_applicable(kGuard, "the dataset has no entity_key column");
  const EntityOverlap overlap = find_entity_overlap(rows.facts(), split);
  const std::string shared = std::to_string(overlap.entities_in_train_and_test) + " entities are in train and in test";
  const bool forbidden = leakage.forbid_entity_overlap.value_or(false);
  const auto& offending = forbidden ? overlap.rows_known_from_before : overlap.test_rows_known_from_train;
  GuardFinding finding = from_rows(kGuard, rows, evaluated_rows(split), offending);
  finding.note = shared;
  if (!forbidden) {
    finding.status = "clear";
    finding.note = "allowed by the profile; " + shared;
  }
  return finding;
}

std::string name_and_auc(const std::string& name, double auc) {
  char text[32];
  std::snprintf(text, sizeof text, "=%.6f", auc);
  return name + text;
}

bool has_both_classes(const RowFacts& rows, const Split& split, Part part) {
  std::array<bool, 2> has{};
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (split.part[i] == part) has.at(rows.labels[i] == 1 ? 1 : 0) = true;
  return has[0] && has[1];
}

GuardFinding check_features(const SpilledRows& rows, const Split& split,
                            const contracts::TrainingProfile::Leakage& leakage, int threads) {
  constexpr auto kGuard = "single_feature_auc";
  if (!leakage.suspect_single_feature_auc) return not_applicable(kGuard, "the profile sets no limit");
  if (!has_both_classes(rows.facts(), split, Part::train))
    return not_applicable(kGuard, "the train part lacks a class");
  const Categories categories(rows, split);
  SpilledBatches train(rows, split, Part::train, &categories);
  const auto aucs = single_feature_aucs(train, threads);
  const auto best = static_cast<std::size_t>(std::max_element(aucs.begin(), aucs.end()) - aucs.begin());
  GuardFinding finding{.guard = kGuard, .rows_checked = train.row_count()};
  finding.note = "counts features, not rows; the best is " + name_and_auc(rows.feature_names()[best], aucs[best]);
  for (std::size_t feature = 0; feature < aucs.size(); ++feature) {
    if (aucs[feature] < *leakage.suspect_single_feature_auc) continue;
    ++finding.rows_offending;
    add_sample(finding, name_and_auc(rows.feature_names()[feature], aucs[feature]));
  }
  settle(finding);
  return finding;
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

[[noreturn]] void refuse(const GuardFinding& finding) {
  const Fix& fix = fix_of(finding.guard);
  const std::string offending = std::to_string(finding.rows_offending), checked = std::to_string(finding.rows_checked);
  const std::string counts = finding.guard == "single_feature_auc" ? offending : offending + " of " + checked;
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

std::vector<GuardFinding> check_split(const SpilledRows& rows, const Split& split,
                                      const contracts::TrainingProfile::Leakage& leakage, int threads) {
  return {check_time_order(rows, split), check_entities(rows, split, leakage),
          check_features(rows, split, leakage, threads)};
}

void require_clear(const std::vector<GuardFinding>& findings) {
  for (const auto& finding : findings) {
    if (finding.status == "violated") refuse(finding);
  }
}

}  // namespace mf::dataset
