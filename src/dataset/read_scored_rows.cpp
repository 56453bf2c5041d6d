#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <span>

#include "dataset/column_parsers.hpp"
#include "dataset/csv_reader.hpp"
#include "dataset/hashed_blocks.hpp"
#include "dataset/scored_columns.hpp"
#include "dataset/text_numbers.hpp"
#include "mf/dataset/scored_rows.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using Fields = std::span<const std::string_view>;

std::size_t part_index(std::string_view name) {
  const auto* found =
      std::find_if(kEvaluatedParts.begin(), kEvaluatedParts.end(), [&](Part part) { return name_of(part) == name; });
  return static_cast<std::size_t>(found - kEvaluatedParts.begin());
}

std::optional<int> digits(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// The day of a time that MF wrote, such as 2026-02-10T09:30:00Z.
std::optional<std::int32_t> day_of(std::string_view time) {
  if (time.size() < 11 || time[4] != '-' || time[7] != '-' || time[10] != 'T' || time.back() != 'Z') return {};
  const auto year = digits(time.substr(0, 4)), month = digits(time.substr(5, 2)), day = digits(time.substr(8, 2));
  if (!year || !month || !day) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return {};
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

/// Takes records in, one after another.
class Reading {
 public:
  explicit Reading(ScoredRowsFile& file) : file_(file) { file_.parts.resize(kEvaluatedParts.size()); }

  /// Whether `fields` are the header of scored rows.
  bool take_header(Fields fields) {
    if (fields.size() < kFixedColumns.size() || !std::equal(kFixedColumns.begin(), kFixedColumns.end(), fields.begin()))
      return false;
    columns_ = fields.size();
    std::size_t next = kFixedColumns.size();
    const auto place_of = [&](std::string_view name) -> std::size_t {
      return next < fields.size() && fields[next] == name ? next++ : 0;
    };
    amount_ = place_of(kAmount);
    entity_ = place_of(kEntity);
    baseline_ = place_of(kBaselineScore);
    place_of(kReasonCodes);
    slices_ = next;
    for (; next < fields.size(); ++next) {
      if (!fields[next].starts_with(kSlicePrefix)) return false;
      file_.slices.push_back({std::string(fields[next].substr(kSlicePrefix.size())), {}});
    }
    slice_numbers_.resize(file_.slices.size());
    for (auto& part : file_.parts) part.slices.resize(file_.slices.size());
    return true;
  }

  /// Whether `fields` are a record that MF writes.
  bool take(Fields fields) {
    if (fields.size() != columns_) return false;
    const std::size_t p = part_index(fields[1]);
    const auto score = parse_float64(fields[3]);
    const auto day = day_of(fields[4]);
    if (p >= file_.parts.size() || !score || !day || (fields[2] != "0" && fields[2] != "1")) return false;
    ScoredRows& part = file_.parts[p];
    part.keys.append(fields[0]);
    part.labels.push_back(fields[2] == "1" ? 1 : 0);
    part.scores.push_back(static_cast<float>(*score));
    part.days.push_back(*day);
    return take_optional(fields, part);
  }

  /// Exchanges provisional numbers for final ones.
  void settle() {
    std::vector<std::string> names;
    const auto entities = entity_numbers_.settle(names);
    file_.entity_count = static_cast<std::uint32_t>(names.size());
    for (auto& part : file_.parts)
      for (auto& entity : part.entities)
        if (entity != ScoredRows::kNoEntity) entity = entities[entity];
    for (std::size_t s = 0; s < file_.slices.size(); ++s) {
      const auto values = slice_numbers_[s].settle(file_.slices[s].values);
      for (auto& part : file_.parts)
        for (auto& value : part.slices[s]) value = values[value];
    }
  }

 private:
  bool take_optional(Fields fields, ScoredRows& part) {
    if (amount_ != 0 && !take_amount(fields[amount_], part)) return false;
    if (entity_ != 0)
      part.entities.push_back(fields[entity_].empty() ? ScoredRows::kNoEntity
                                                      : entity_numbers_.number(fields[entity_]));
    if (baseline_ != 0) {
      const auto score = parse_float64(fields[baseline_]);
      if (!score) return false;
      part.baseline_scores.push_back(static_cast<float>(*score));
    }
    for (std::size_t s = 0; s < slice_numbers_.size(); ++s)
      part.slices[s].push_back(slice_numbers_[s].number(fields[slices_ + s]));
    return true;
  }

  static bool take_amount(std::string_view text, ScoredRows& part) {
    const auto amount = text.empty() ? std::numeric_limits<double>::quiet_NaN() : parse_float64(text);
    if (amount) part.amounts.push_back(*amount);
    return amount.has_value();
  }

  ScoredRowsFile& file_;
  std::size_t columns_ = 0, amount_ = 0, entity_ = 0, baseline_ = 0, slices_ = 0;  // where they stand; 0: nowhere
  TextNumbers entity_numbers_;
  std::vector<TextNumbers> slice_numbers_;
};

/// Whether the whole text is scored rows. Stops at the first record that is not.
bool take_all(HashedBlocks& blocks, const std::string& ref, ScoredRowsFile& file) {
  CsvReader reader(blocks, ref);
  Reading reading(file);
  try {
    if (!reader.next() || !reading.take_header(reader.fields())) return false;
    while (reader.next())
      if (!reading.take(reader.fields())) return false;
  } catch (const Error& error) {
    if (error.code() != Code::DATA_INVALID) throw;
    return false;
  }
  reading.settle();
  return true;
}

}  // namespace

ScoredRowsFile read_scored_rows(store::Source& file, const std::string& sha256, const std::string& ref) {
  ScoredRowsFile read;
  HashedBlocks blocks(file);
  const bool whole = take_all(blocks, ref, read);
  const auto fingerprint = blocks.finish();
  const std::string observed = identity::to_hex(fingerprint.sha256);
  if (!whole || observed != sha256)
    throw Error(Code::SCORED_ROWS_IMMUTABILITY_VIOLATION, ref + " does not hold the scored rows that were recorded",
                {{"ref", ref}, {"expected", sha256}, {"observed", observed}});
  read.bytes = fingerprint.bytes;
  return read;
}

}  // namespace mf::dataset
