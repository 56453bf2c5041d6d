#include "factory/signals_index.hpp"

#include <charconv>

#include "mf/ledger/index_text.hpp"

namespace mf::factory {
namespace {

using ledger::take;
using observability::SignalLine;
using observability::Tally;
using Counts = std::map<std::string, std::int64_t>;

// To be raised whenever the same events give other lines.
constexpr std::string_view kFormat = "mf.signals_index.v1 ";

std::int64_t number_of(std::string_view text) {
  std::int64_t number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Of each line in the text of a run, the first character says what it is.
constexpr char kCounter = 'n', kAnomaly = 'x', kCategory = 'y', kRef = 'r', kNewest = 't', kSuccess = 's';
constexpr char kGovernance = 'g', kAudit = 'a', kControl = 'c', kLineage = 'l', kLineageAsked = 'L';

void write_counts(std::string& text, char what, const Counts& counts) {
  for (const auto& [name, count] : counts) text += what + name + '\t' + std::to_string(count) + '\n';
}

void write_lines(std::string& text, char what, const std::vector<SignalLine>& lines) {
  for (const auto& line : lines) text += what + line.at_utc + '\t' + line.event_id + '\t' + line.text + '\n';
}

std::string text_of(const ToldRun& run) {
  std::string text;
  const Tally& tally = run.signals.tally;
  write_counts(text, kCounter, tally.counters);
  write_counts(text, kAnomaly, tally.anomalies);
  write_counts(text, kCategory, tally.categories);
  write_counts(text, kRef, tally.refs);
  text += kNewest + tally.newest_utc + '\n' + kSuccess + tally.last_success_utc + '\n';
  write_lines(text, kGovernance, run.signals.governance);
  write_lines(text, kAudit, run.signals.audits);
  write_lines(text, kControl, run.signals.control);
  if (!run.lineage) return text;
  text += kLineageAsked;
  text += '\n';
  write_lines(text, kLineage, *run.lineage);
  return text;
}

void read_count(Counts& counts, std::string_view line) {
  const auto name = take(line, '\t');
  if (name) counts[std::string(*name)] = number_of(line);
}

void read_line(std::vector<SignalLine>& lines, std::string_view line) {
  const auto at = take(line, '\t');
  const auto id = take(line, '\t');
  if (at && id) lines.push_back({std::string(*at), std::string(*id), std::string(line)});
}

void read_told(ToldRun& run, char what, std::string_view line) {
  Tally& tally = run.signals.tally;
  switch (what) {
    case kCounter:
      return read_count(tally.counters, line);
    case kAnomaly:
      return read_count(tally.anomalies, line);
    case kCategory:
      return read_count(tally.categories, line);
    case kRef:
      return read_count(tally.refs, line);
    case kNewest:
      tally.newest_utc = line;
      return;
    case kSuccess:
      tally.last_success_utc = line;
      return;
    case kGovernance:
      return read_line(run.signals.governance, line);
    case kAudit:
      return read_line(run.signals.audits, line);
    case kControl:
      return read_line(run.signals.control, line);
    case kLineageAsked:
      run.lineage.emplace();
      return;
    default:
      if (run.lineage) read_line(*run.lineage, line);
  }
}

}  // namespace

SignalsIndex::SignalsIndex(std::string bytes, const std::string& subject) : bytes_(std::move(bytes)) {
  const auto body = ledger::index_body(kFormat, bytes_);
  std::string_view rest = body.value_or("");
  if (!body || take(rest, '\n') != subject) return;
  while (const auto key = take(rest, '\t')) {
    const auto events = take(rest, '\t').value_or("");
    const auto mark = take(rest, '\t').value_or("");
    const auto size = static_cast<std::size_t>(number_of(take(rest, '\n').value_or("")));
    if (size > rest.size()) {
      places_.clear();
      return;
    }
    places_.emplace(*key, Place{number_of(events), mark, rest.substr(0, size)});
    rest.remove_prefix(size);
  }
}

std::optional<ToldRun> SignalsIndex::look_up(const std::string& run_key) const {
  const auto found = places_.find(run_key);
  if (found == places_.end()) return {};
  return ToldRun{run_key, found->second.events, std::string(found->second.mark), {}, {}};
}

std::optional<ToldRun> SignalsIndex::read(const std::string& run_key) const {
  auto run = look_up(run_key);
  if (!run) return {};
  std::string_view rest = places_.at(run_key).told;
  while (const auto line = take(rest, '\n'))
    if (!line->empty()) read_told(*run, line->front(), line->substr(1));
  return run;
}

std::string write_signals_index(const std::vector<const ToldRun*>& runs, const std::string& subject) {
  std::string body = subject + "\n";
  for (const ToldRun* run : runs) {
    if (run->mark.empty()) continue;
    const std::string text = text_of(*run);
    body += run->run_key + '\t' + std::to_string(run->events) + '\t' + run->mark + '\t' + std::to_string(text.size()) +
            '\n';
    body += text;
  }
  return ledger::index_text(kFormat, body);
}

}  // namespace mf::factory
