#include "ledger/runs_index.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "mf/ledger/index_text.hpp"

namespace mf::ledger {
namespace {

constexpr std::string_view kFormat = "mf.runs_index.v1 ";
constexpr char kField = '\t';
constexpr char kItem = ',';
constexpr std::size_t kFields = 11;

using Fields = std::array<std::string_view, kFields>;

std::optional<Fields> fields_of(std::string_view line) {
  Fields fields;
  for (std::size_t i = 0; i + 1 < kFields; ++i) {
    const auto field = take(line, kField);
    if (!field) return {};
    fields[i] = *field;
  }
  fields.back() = line;
  return line.find(kField) == std::string_view::npos ? std::optional(fields) : std::nullopt;
}

std::vector<std::string> items_of(std::string_view text) {
  std::vector<std::string> items;
  while (const auto item = take(text, kItem)) items.emplace_back(*item);
  return items;
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<IndexedRun> run_of(std::string_view line) {
  const auto fields = fields_of(line);
  if (!fields) return {};
  const auto& [run, platform, state, changed, intent, stage, code, events, requests, anchor, log] = *fields;
  const auto number = number_of(events);
  if (!number || *number <= 0 || anchor.empty() || log.empty()) return {};
  IndexedRun indexed;
  indexed.summary = {std::string(run),
                     std::string(platform),
                     std::string(state),
                     std::string(changed),
                     std::string(intent),
                     items_of(requests),
                     std::string(stage),
                     std::string(code),
                     *number,
                     {}};
  indexed.anchor = anchor;
  indexed.log = log;
  return indexed;
}

std::string_view key_of(std::string_view line) { return line.substr(0, line.find(kField)); }

std::string line_of(const IndexedRun& run) {
  const RunSummary& of = run.summary;
  std::string requests;
  for (const auto& id : of.request_ids) requests += id + kItem;
  std::string line;
  for (const std::string& field : {of.run_key, of.platform_run_id, of.state, of.since_utc, of.intent_kind,
                                   of.failure_stage, of.failure_code, std::to_string(of.events), requests, run.anchor})
    line += field + kField;
  return line + run.log;
}

/// Whether the line says again what was to be kept: a log may hold any text, also tabs.
bool holds(const std::string& line, const IndexedRun& run) {
  return line.find('\n') == std::string::npos && run_of(line) == run;
}

}  // namespace

RunsIndex::RunsIndex(std::string bytes, const std::string& place) : bytes_(std::move(bytes)) {
  const auto body = index_body(kFormat, bytes_);
  std::string_view rest = body.value_or("");
  if (!body || take(rest, '\n') != place) return;
  anchors_ = take(rest, '\n').value_or("");
  while (const auto line = take(rest, '\n')) lines_.push_back(*line);
}

std::vector<std::string> RunsIndex::run_keys() const {
  std::vector<std::string> keys;
  keys.reserve(lines_.size());
  for (const auto line : lines_) keys.emplace_back(key_of(line));
  return keys;
}

std::optional<IndexedRun> RunsIndex::find(std::string_view run_key) const {
  const auto line = std::lower_bound(lines_.begin(), lines_.end(), run_key,
                                     [](std::string_view one, std::string_view key) { return key_of(one) < key; });
  if (line == lines_.end() || key_of(*line) != run_key) return {};
  return run_of(*line);
}

std::string write_runs_index(const std::vector<IndexedRun>& runs, const std::string& anchors,
                             const std::string& place) {
  std::string lines;
  bool all = true;
  for (const auto& run : runs) {
    const std::string line = line_of(run);
    const bool held = holds(line, run);
    if (held) lines += line + "\n";
    all = all && held;
  }
  return index_text(kFormat, place + "\n" + (all ? anchors : "") + "\n" + lines);
}

}  // namespace mf::ledger
