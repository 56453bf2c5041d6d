#include "mf/dataset/scored_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "dataset/column_parsers.hpp"
#include "dataset/csv_reader.hpp"
#include "dataset/hashed_blocks.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

constexpr std::size_t kFixedFields = 5;
constexpr std::array<std::string_view, kFixedFields> kFixedNames = {"subject_key", "part", "label", "score",
                                                                    "event_time_utc"};

void append_text(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out.append(text);
    return;
  }
  out.push_back('"');
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

void append_number(std::string& out, double number, std::chars_format format) {
  std::array<char, 512> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), number, format);
  out.append(text.data(), written.ptr);
}

void append_header(std::string& out, const Rows& rows) {
  for (const auto name : kFixedNames) out.append(out.empty() ? "" : ",").append(name);
  if (!rows.amounts.empty()) out.append(",amount");
  if (rows.entities.size() > 0) out.append(",entity_key");
  for (const auto& slice : rows.slices) append_text(out.append(","), "slice_" + slice.name);
  out.push_back('\n');
}

void append_row(std::string& out, const Rows& rows, std::size_t row, Part part, float score) {
  append_text(out, rows.keys[row]);
  out.append(",").append(name_of(part)).append(rows.labels[row] == 1 ? ",1," : ",0,");
  append_number(out, static_cast<double>(score), std::chars_format::general);
  out.append(",").append(to_string(UtcTime{rows.event_time[row]}));
  if (!rows.amounts.empty()) {
    out.push_back(',');
    if (!std::isnan(rows.amounts[row])) append_number(out, rows.amounts[row], std::chars_format::fixed);
  }
  if (rows.entities.size() > 0) append_text(out.append(","), rows.entities[row]);
  for (const auto& slice : rows.slices) append_text(out.append(","), slice.values[row]);
  out.push_back('\n');
}

std::size_t part_index(std::string_view name) {
  const auto* found =
      std::find_if(kEvaluatedParts.begin(), kEvaluatedParts.end(), [&](Part part) { return name_of(part) == name; });
  return static_cast<std::size_t>(found - kEvaluatedParts.begin());
}

/// Takes one record in; false when it is not one that MF writes.
bool take(std::span<const std::string_view> fields, ScoredRowsFile& read) {
  if (fields.size() < kFixedFields) return false;
  const std::size_t part = part_index(fields[1]);
  const auto score = parse_float64(fields[3]);
  if (part >= read.parts.size() || !score || (fields[2] != "0" && fields[2] != "1")) return false;
  read.keys[part].append(fields[0]);
  read.parts[part].labels.push_back(fields[2] == "1" ? 1 : 0);
  read.parts[part].scores.push_back(static_cast<float>(*score));
  return true;
}

bool is_header(std::span<const std::string_view> fields) {
  return fields.size() >= kFixedFields && std::equal(kFixedNames.begin(), kFixedNames.end(), fields.begin());
}

/// Whether the whole text is scored rows. Stops at the first record that is not.
bool take_all(HashedBlocks& blocks, const std::string& ref, ScoredRowsFile& read) {
  CsvReader reader(blocks, ref);
  try {
    if (!reader.next() || !is_header(reader.fields())) return false;
    while (reader.next())
      if (!take(reader.fields(), read)) return false;
  } catch (const Error& error) {
    if (error.code() != Code::DATA_INVALID) throw;
    return false;
  }
  return true;
}

}  // namespace

std::vector<ScoredRows> scored_rows_of(const Rows& rows, const Split& split, std::vector<std::vector<float>> scores) {
  std::vector<ScoredRows> scored(kEvaluatedParts.size());
  for (std::size_t p = 0; p < kEvaluatedParts.size(); ++p) {
    for (const std::size_t row : split.rows_of(kEvaluatedParts[p])) {
      scored[p].keys.push_back(rows.keys[row]);
      scored[p].labels.push_back(rows.labels[row] == 1 ? 1 : 0);
    }
    scored[p].scores = std::move(scores.at(p));
  }
  return scored;
}

std::string write_scored_rows(const Rows& rows, const Split& split, const std::vector<ScoredRows>& scored) {
  std::string out;
  append_header(out, rows);
  for (std::size_t p = 0; p < kEvaluatedParts.size(); ++p) {
    const auto members = split.rows_of(kEvaluatedParts[p]);
    for (std::size_t i = 0; i < members.size(); ++i)
      append_row(out, rows, members[i], kEvaluatedParts[p], scored[p].scores[i]);
  }
  return out;
}

ScoredRowsFile read_scored_rows(store::Source& file, const std::string& sha256, const std::string& ref) {
  ScoredRowsFile read{std::vector<TextColumn>(kEvaluatedParts.size()), std::vector<ScoredRows>(kEvaluatedParts.size())};
  HashedBlocks blocks(file);
  const bool whole = take_all(blocks, ref, read);
  const std::string observed = identity::to_hex(blocks.finish().sha256);
  if (!whole || observed != sha256)
    throw Error(Code::SCORED_ROWS_IMMUTABILITY_VIOLATION, ref + " does not hold the scored rows that were recorded",
                {{"ref", ref}, {"expected", sha256}, {"observed", observed}});
  for (std::size_t p = 0; p < read.parts.size(); ++p)
    for (std::size_t row = 0; row < read.keys[p].size(); ++row) read.parts[p].keys.push_back(read.keys[p][row]);
  return read;
}

}  // namespace mf::dataset
