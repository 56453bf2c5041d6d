#include "mf/dataset/scored_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

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

/// Writes rows with their scores into a file, hashed as they pass.
class Writer {
 public:
  Writer(const SpilledRows& rows, const std::string& folder) : rows_(rows), file_(folder) {}

  void write_header() { append_header(text_, rows_.records().read(0)); }

  /// Appends the rows of `part` to `scored`, which has their scores.
  void write_part(Part part, const Split& split, TextColumn& keys, ScoredRows& scored) {
    const auto& records = rows_.records();
    for (std::size_t block = 0; block < records.block_count(); ++block) {
      const std::size_t first = records.first_row(block);
      const std::size_t end = block + 1 < records.block_count() ? records.first_row(block + 1) : rows_.size();
      const auto parts = std::span(split.part).subspan(first, end - first);
      if (std::ranges::find(parts, part) == parts.end()) continue;
      write_records(records.read(block), first, parts, part, keys, scored);
    }
  }

  /// The file, and its digest. Once.
  std::pair<store::ScratchFile, identity::Digest> finish() {
    flush();
    return {std::move(file_), hasher_.finish()};
  }

 private:
  static constexpr std::size_t kFlushedAt = std::size_t{1} << 20;

  void write_records(const Rows& records, std::size_t first, std::span<const Part> parts, Part part, TextColumn& keys,
                     ScoredRows& scored) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i] != part) continue;
      const std::uint8_t label = rows_.facts().labels[first + i] == 1 ? 1 : 0;
      write_row(records, i, part, label, scored.scores[scored.labels.size()]);
      keys.append(records.keys[i]);
      scored.labels.push_back(label);
    }
  }

  void write_row(const Rows& records, std::size_t i, Part part, std::uint8_t label, float score) {
    append_text(text_, records.keys[i]);
    text_.append(",").append(name_of(part)).append(label == 1 ? ",1," : ",0,");
    append_number(text_, static_cast<double>(score), std::chars_format::general);
    text_.append(",").append(to_string(UtcTime{records.event_time[i]}));
    if (!records.amounts.empty()) {
      text_.push_back(',');
      if (!std::isnan(records.amounts[i])) append_number(text_, records.amounts[i], std::chars_format::fixed);
    }
    if (records.entities.size() > 0) append_text(text_.append(","), records.entities[i]);
    for (const auto& slice : records.slices) append_text(text_.append(","), slice.values[i]);
    text_.push_back('\n');
    if (text_.size() > kFlushedAt) flush();
  }

  void flush() {
    hasher_.update(text_);
    file_.append(text_);
    text_.clear();
  }

  const SpilledRows& rows_;
  store::ScratchFile file_;
  identity::Hasher hasher_;
  std::string text_;
};

void point_at_keys(ScoredRowsFile& file) {
  for (std::size_t p = 0; p < file.parts.size(); ++p) {
    file.parts[p].keys.reserve(file.keys[p].size());
    for (std::size_t row = 0; row < file.keys[p].size(); ++row) file.parts[p].keys.push_back(file.keys[p][row]);
  }
}

ScoredRowsFile empty_file() {
  return {std::vector<TextColumn>(kEvaluatedParts.size()), std::vector<ScoredRows>(kEvaluatedParts.size())};
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

WrittenScoredRows write_scored_rows(const SpilledRows& rows, const Split& split, std::vector<std::vector<float>> scores,
                                    const std::string& folder) {
  ScoredRowsFile file = empty_file();
  Writer writer(rows, folder);
  writer.write_header();
  for (std::size_t p = 0; p < kEvaluatedParts.size(); ++p) {
    file.parts[p].scores = std::move(scores.at(p));
    writer.write_part(kEvaluatedParts[p], split, file.keys[p], file.parts[p]);
  }
  point_at_keys(file);
  auto [text, digest] = writer.finish();
  return {std::move(file), std::move(text), to_hex(digest)};
}

ScoredRowsFile read_scored_rows(store::Source& file, const std::string& sha256, const std::string& ref) {
  ScoredRowsFile read = empty_file();
  HashedBlocks blocks(file);
  const bool whole = take_all(blocks, ref, read);
  const std::string observed = identity::to_hex(blocks.finish().sha256);
  if (!whole || observed != sha256)
    throw Error(Code::SCORED_ROWS_IMMUTABILITY_VIOLATION, ref + " does not hold the scored rows that were recorded",
                {{"ref", ref}, {"expected", sha256}, {"observed", observed}});
  point_at_keys(read);
  return read;
}

}  // namespace mf::dataset
