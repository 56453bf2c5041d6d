#include "cli/account.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "cli/table_text.hpp"
#include "mf/observability/printable.hpp"

namespace mf::cli {
namespace {

using nlohmann::ordered_json;
using observability::printable;
using Pairs = std::vector<std::pair<std::string, std::string>>;

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json() : ordered_json(text); }

ordered_json value_of(const factory::Figure& figure) {
  return std::visit([](const auto& value) { return ordered_json(value); }, figure);
}

ordered_json value_of(const std::optional<contracts::RequestIdentity>& identity) {
  if (!identity) return nullptr;
  return {{"train_run_key", identity->train_run_key},
          {"train_run_id", identity->run_id},
          {"request_payload_hash", identity->request_payload_hash}};
}

ordered_json value_of(const std::optional<Error>& failure) {
  if (!failure) return nullptr;
  const auto& row = failure->row();
  return {{"code", row.name},        {"category", row.category},
          {"class", row.klass},      {"retryable", row.transient()},
          {"exit", row.exit_status}, {"message", failure->message()},
          {"hint", failure->hint()}, {"context", failure->context()}};
}

ordered_json value_of(const std::vector<std::pair<std::string, factory::Figure>>& figures) {
  auto object = ordered_json::object();
  for (const auto& [name, figure] : figures) object[name] = value_of(figure);
  return object;
}

std::string dumped(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

/// A text in quotes. Nearly all of a table are plain words, which need no library to quote them.
std::string quoted(const std::string& text) {
  const auto is_plain = [](char byte) { return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\'; };
  return std::all_of(text.begin(), text.end(), is_plain) ? '"' + text + '"' : dumped(text);
}

std::string cell_of(const factory::Figure& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return text->empty() ? "null" : quoted(*text);
  const auto* items = std::get_if<std::vector<std::string>>(&cell);
  if (items == nullptr) return dumped(value_of(cell));
  std::string list;
  for (const auto& item : *items) list += (list.empty() ? "" : ",") + quoted(item);
  return "[" + list + "]";
}

/// Row by row: a tree of ten thousand rows would take longer to grow and fell than all the rest.
std::string rows_of(const std::optional<factory::Table>& table) {
  std::string rows;
  if (!table) return rows;
  for (const auto& row : table->rows) {
    rows += rows.empty() ? "{" : ",{";
    for (std::size_t i = 0; i < row.size(); ++i)
      rows.append(i == 0 ? "" : ",").append(quoted(table->columns[i])).append(":").append(cell_of(row[i]));
    rows += "}";
  }
  return rows;
}

std::string text_of(const factory::Figure& figure) {
  if (const auto* text = std::get_if<std::string>(&figure)) return *text;
  return value_of(figure).dump();
}

/// A block of its own: names, and their values in one column.
std::string aligned(const Pairs& pairs) {
  std::size_t width = 0;
  for (const auto& [name, value] : pairs) width = std::max(width, name.size());
  std::string block;
  for (const auto& [name, value] : pairs) {
    block += "  " + printable(name) + std::string(width + 2 - name.size(), ' ') + printable(value) + "\n";
  }
  return block;
}

std::string refs_of(const Account& account) {
  if (!account.verbose && account.shown != Shown::outcome_and_refs) return "";
  return aligned({account.result.refs.begin(), account.result.refs.end()});
}

std::string figures_of(const Account& account) {
  if (!account.verbose || account.shown == Shown::lines) return "";
  Pairs pairs;
  for (const auto& [name, figure] : account.result.figures) pairs.emplace_back(name, text_of(figure));
  return aligned(pairs);
}

std::string first_line(const Account& account) {
  if (account.shown == Shown::lines || account.result.lines_alone) return "";
  const auto& [outcome, run] = std::pair(account.result.outcome, account.result.run);
  return printable(run.empty() ? outcome : outcome + "  " + run) + "\n";
}

}  // namespace

Account account_of(const Error& error, const std::string& command, const KnownRun& known) {
  Account account;
  account.command = command;
  account.ended_in_failure = true;
  account.result.run = known.run;
  account.result.identity = known.identity;
  account.result.refs = known.refs;
  account.result.outcome = command == "validate-request" ? "REJECTED" : "FAILED";
  account.result.exit_status = error.row().exit_status;
  account.result.failure = observability::shortened(error);
  return account;
}

int exit_status(const Account& account) {
  const auto& [status, failure] = std::pair(account.result.exit_status, account.result.failure);
  return status == 0 && failure ? failure->row().exit_status : status;
}

std::string as_json(const Account& account) {
  const auto& result = account.result;
  const ordered_json told{{"schema_version", "mf.command_result.v1"},
                          {"command", text_or_null(account.command)},
                          {"outcome", result.outcome},
                          {"run", text_or_null(result.run)},
                          {"identity", value_of(result.identity)},
                          {"refs", result.refs},
                          {"figures", value_of(result.figures)},
                          {"failure", value_of(result.failure)}};
  std::string json = dumped(told);
  json.back() = ',';
  return observability::printable_json(json + "\"rows\":[" + rows_of(result.table) + "]}") + "\n";
}

std::string as_text(const Account& account) {
  if (account.ended_in_failure) return "";
  if (!account.result.verbatim.empty()) return account.result.verbatim;
  std::string text = first_line(account);
  if (account.result.table && !account.result.table->rows.empty()) text += table_text(*account.result.table);
  for (const auto& line : account.result.lines) text += printable(line) + "\n";
  text += figures_of(account) + refs_of(account);
  if (!account.result.next.empty()) text += "Next: " + printable(account.result.next) + "\n";
  return text;
}

std::string failure_as_text(const Account& account) {
  if (!account.result.failure) return "";
  const auto& failure = *account.result.failure;
  const auto& row = failure.row();
  std::string text = "mf: " + printable(failure.message()) + "\n";
  text += "  code " + std::string(row.name) + " (" + std::string(row.category) + ", " + std::string(row.klass) + ")\n";
  if (account.verbose) text += aligned({failure.context().begin(), failure.context().end()});
  if (account.ended_in_failure) text += aligned({account.result.refs.begin(), account.result.refs.end()});
  return text + "  fix: " + printable(failure.hint()) + "\n";
}

}  // namespace mf::cli
