#include "mf/dataset/leakage.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <numeric>

#include "dataset/entity_overlap.hpp"
#include "dataset/field_text.hpp"
#include "dataset/single_feature_auc.hpp"
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

using RowTest = std::function<bool(std::size_t)>;

/// Counts the rows that offend among those that the guard looks at.
GuardFinding check_each(const std::string& guard, const Rows& rows, const RowTest& concerns, const RowTest& offends) {
  GuardFinding finding{.guard = guard};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!concerns(i)) continue;
    ++finding.rows_checked;
    if (!offends(i)) continue;
    ++finding.rows_offending;
    add_sample(finding, rows.keys[i]);
  }
  settle(finding);
  return finding;
}

/// Records `offending` rows (ascending) of `checked`.
GuardFinding from_rows(const std::string& guard, const Rows& rows, std::size_t checked,
                       const std::vector<std::size_t>& offending) {
  GuardFinding finding{.guard = guard, .rows_checked = checked, .rows_offending = offending.size()};
  for (std::size_t i = 0; i < std::min(kSamples, offending.size()); ++i) add_sample(finding, rows.keys[offending[i]]);
  settle(finding);
  return finding;
}

/// The rows, ascending, whose key an earlier row has. Sorted by hash first: keys are compared only where hashes agree.
std::vector<std::size_t> repeated_keys(const Rows& rows) {
  struct Entry {
    std::size_t hash, row;
  };
  std::vector<Entry> entries(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) entries[i] = {std::hash<std::string_view>{}(rows.keys[i]), i};
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const int order = rows.keys[a.row].compare(rows.keys[b.row]);
    return order != 0 ? order < 0 : a.row < b.row;
  });
  std::vector<std::size_t> repeated;
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const Entry &before = entries[i - 1], &entry = entries[i];
    if (entry.hash == before.hash && rows.keys[entry.row] == rows.keys[before.row]) repeated.push_back(entry.row);
  }
  std::sort(repeated.begin(), repeated.end());
  return repeated;
}

bool is_evaluated(Part part) {
  return std::find(kEvaluatedParts.begin(), kEvaluatedParts.end(), part) != kEvaluatedParts.end();
}

std::size_t evaluated_rows(const Split& split) {
  return static_cast<std::size_t>(std::count_if(split.part.begin(), split.part.end(), is_evaluated));
}

/// The earliest event of `part`, or the end of time.
std::int64_t begin_of(Part part, const Rows& rows, const Split& split) {
  std::int64_t begin = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (split.part[i] == part) begin = std::min(begin, rows.event_time[i]);
  }
  return begin;
}

/// From the rows themselves, not from the cuts that the split recorded.
GuardFinding check_time_order(const Rows& rows, const Split& split) {
  const std::int64_t test = begin_of(Part::test, rows, split);
  const std::int64_t validation = std::min(begin_of(Part::validation, rows, split), test);
  return check_each(
      "parts_overlap_in_time", rows, [&](std::size_t i) { return is_evaluated(split.part[i]); },
      [&](std::size_t i) {
        const Part part = split.part[i];
        return (part == Part::train && rows.event_time[i] >= validation) ||
               (part == Part::validation && rows.event_time[i] >= test);
      });
}

GuardFinding check_entities(const Rows& rows, const Split& split, const contracts::TrainingProfile::Leakage& leakage) {
  constexpr auto kGuard = "entity_overlap";
  if (rows.entities.size() == 0) return not_applicable(kGuard, "the dataset has no entity_key column");
  const EntityOverlap overlap = find_entity_overlap(rows, split);
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

bool has_both_classes(const Rows& rows, const std::vector<std::size_t>& chosen) {
  const auto is_positive = [&](std::size_t i) { return rows.labels[i] == 1; };
  return std::any_of(chosen.begin(), chosen.end(), is_positive) &&
         !std::all_of(chosen.begin(), chosen.end(), is_positive);
}

GuardFinding check_features(const Rows& rows, const Split& split, const contracts::TrainingProfile::Leakage& leakage,
                            int threads) {
  constexpr auto kGuard = "single_feature_auc";
  if (!leakage.suspect_single_feature_auc) return not_applicable(kGuard, "the profile sets no limit");
  const auto train = split.rows_of(Part::train);
  if (!has_both_classes(rows, train)) return not_applicable(kGuard, "the train part lacks a class");
  const auto aucs = single_feature_aucs(rows, train, threads);
  const auto best = static_cast<std::size_t>(std::max_element(aucs.begin(), aucs.end()) - aucs.begin());
  GuardFinding finding{.guard = kGuard, .rows_checked = train.size()};
  finding.note = "counts features, not rows; the best is " + name_and_auc(rows.feature_names[best], aucs[best]);
  for (std::size_t feature = 0; feature < aucs.size(); ++feature) {
    if (aucs[feature] < *leakage.suspect_single_feature_auc) continue;
    ++finding.rows_offending;
    add_sample(finding, name_and_auc(rows.feature_names[feature], aucs[feature]));
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

std::vector<GuardFinding> check_rows(const Rows& rows, UtcTime label_asof) {
  const std::int64_t asof = label_asof.microseconds;
  const auto any_row = [](std::size_t) { return true; };
  const auto is_labelled = [&](std::size_t i) { return rows.labels[i] != Rows::kUnknownLabel; };
  const auto is_dated = [&](std::size_t i) { return is_labelled(i) && rows.label_time[i] != Rows::kNoTime; };
  return {
      check_each("label_observed_after_asof", rows, is_labelled,
                 [&](std::size_t i) { return is_dated(i) && rows.label_time[i] > asof; }),
      check_each("event_after_asof", rows, any_row, [&](std::size_t i) { return rows.event_time[i] > asof; }),
      check_each("label_without_observed_time", rows, is_labelled, [&](std::size_t i) { return !is_dated(i); }),
      rows.feature_time.empty() ? not_applicable("feature_after_event", "the dataset has no feature_time column")
                                : check_each("feature_after_event", rows, any_row,
                                             [&](std::size_t i) { return rows.feature_time[i] > rows.event_time[i]; }),
      check_each("label_observed_before_event", rows, is_dated,
                 [&](std::size_t i) { return rows.label_time[i] < rows.event_time[i]; }),
      from_rows("duplicate_subject_keys", rows, rows.size(), repeated_keys(rows)),
  };
}

std::vector<GuardFinding> check_split(const Rows& rows, const Split& split,
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
