#include "mf/dataset/scored_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

#include "dataset/scored_columns.hpp"
#include "mf/identity/digest.hpp"

namespace mf::dataset {
namespace {

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

void append_header(std::string& out, const Rows& rows, const Scores& scores) {
  for (const auto name : kFixedColumns) out.append(out.empty() ? "" : ",").append(name);
  if (!rows.amounts.empty()) out.append(",").append(kAmount);
  if (rows.entities.size() > 0) out.append(",").append(kEntity);
  if (!scores.baseline.empty()) out.append(",").append(kBaselineScore);
  if (!scores.reason_codes.empty()) out.append(",").append(kReasonCodes);
  for (const auto& slice : rows.slices) append_text(out.append(","), std::string(kSlicePrefix) + slice.name);
  out.push_back('\n');
}

/// Writes rows with their scores into a file, hashed as they pass.
class Writer {
 public:
  Writer(const SpilledRows& rows, const Scores& scores, const std::string& folder)
      : rows_(rows), scores_(scores), file_(folder) {}

  void write_header() { append_header(text_, rows_.records().read(0), scores_); }

  /// Writes the rows of the part that kEvaluatedParts has at `p`.
  void write_part(std::size_t p, const Split& split) {
    const auto& records = rows_.records();
    part_ = p;
    written_ = 0;
    for (std::size_t block = 0; block < records.block_count(); ++block) {
      const std::size_t first = records.first_row(block);
      const std::size_t end = block + 1 < records.block_count() ? records.first_row(block + 1) : rows_.size();
      const auto parts = std::span(split.part).subspan(first, end - first);
      if (std::ranges::find(parts, kEvaluatedParts[p]) != parts.end()) write_records(records.read(block), first, parts);
    }
  }

  /// The file, and its digest. Once.
  WrittenScoredRows finish() {
    flush();
    return {std::move(file_), identity::to_hex(hasher_.finish())};
  }

 private:
  static constexpr std::size_t kFlushedAt = std::size_t{1} << 20;

  void write_records(const Rows& records, std::size_t first, std::span<const Part> parts) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i] != kEvaluatedParts[part_]) continue;
      write_row(records, i, rows_.facts().labels[first + i] == 1);
      ++written_;
    }
  }

  void write_row(const Rows& records, std::size_t i, bool fraud) {
    append_text(text_, records.keys[i]);
    text_.append(",").append(name_of(kEvaluatedParts[part_])).append(fraud ? ",1," : ",0,");
    append_number(text_, static_cast<double>(scores_.model[part_][written_]), std::chars_format::general);
    text_.append(",").append(to_string(UtcTime{records.event_time[i]}));
    if (!records.amounts.empty()) {
      text_.push_back(',');
      if (!std::isnan(records.amounts[i])) append_number(text_, records.amounts[i], std::chars_format::fixed);
    }
    if (records.entities.size() > 0) append_text(text_.append(","), records.entities[i]);
    if (!scores_.baseline.empty())
      append_number(text_.append(","), static_cast<double>(scores_.baseline[part_][written_]),
                    std::chars_format::general);
    if (!scores_.reason_codes.empty()) append_text(text_.append(","), scores_.reason_codes[part_][written_]);
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
  const Scores& scores_;
  store::ScratchFile file_;
  identity::Hasher hasher_;
  std::string text_;
  std::size_t part_ = 0, written_ = 0;
};

}  // namespace

WrittenScoredRows write_scored_rows(const SpilledRows& rows, const Split& split, const Scores& scores,
                                    const std::string& folder) {
  Writer writer(rows, scores, folder);
  writer.write_header();
  for (std::size_t p = 0; p < kEvaluatedParts.size(); ++p) writer.write_part(p, split);
  return writer.finish();
}

}  // namespace mf::dataset
