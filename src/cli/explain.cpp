#include <algorithm>
#include <cctype>
#include <memory>
#include <vector>

#include "cli/command.hpp"
#include "mf/error.hpp"

namespace mf::cli {
namespace {

struct ExplainOptions {
  std::string code;
};

/// The word as codes are spelled: lease-held is LEASE_HELD.
std::string as_code(std::string word) {
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char letter) { return letter == '-' ? '_' : static_cast<char>(std::toupper(letter)); });
  return word;
}

const CodeRow& find_row(const std::string& word) {
  const CodeRow* row = find_code(as_code(word));
  if (row != nullptr) return *row;
  std::vector<std::string> names;
  for (const auto& known : code_table()) names.emplace_back(known.name);
  const auto near = near_miss(as_code(word), names);
  throw Error(Code::USAGE, "there is no code '" + word + "'" + (near ? "; did you mean " + *near + "?" : ""), {},
              "Run `mf explain` for the list of all codes.");
}

factory::Result explain_one(const CodeRow& row) {
  const std::string exit = std::to_string(row.exit_status);
  factory::Result result;
  result.outcome = "EXPLAINED";
  result.figures = {{"code", std::string(row.name)},         {"category", std::string(row.category)},
                    {"class", std::string(row.klass)},       {"retryable", row.transient()},
                    {"exit", std::int64_t{row.exit_status}}, {"sentence", std::string(row.sentence)},
                    {"hint", std::string(row.hint)}};
  result.lines = {std::string(row.name) + " (" + std::string(row.category) + ", " + std::string(row.klass) +
                      ", exit status " + exit + ")",
                  "  " + std::string(row.sentence), "  fix: " + std::string(row.hint),
                  row.transient() ? "  The same command may succeed later as it is."
                                  : "  The same command fails again until something is changed."};
  return result;
}

factory::Result list_all() {
  std::size_t width = 0;
  for (const auto& row : code_table()) width = std::max(width, row.name.size());
  factory::Result result;
  result.outcome = "EXPLAINED";
  for (const auto& row : code_table()) {
    const std::string name(row.name);
    result.figures.emplace_back(name, std::string(row.sentence));
    result.lines.push_back(name + std::string(width + 2 - name.size(), ' ') + std::to_string(row.exit_status) + "  " +
                           std::string(row.sentence));
  }
  return result;
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<ExplainOptions>();
  app.add_option("CODE", options->code, "A code, in capitals or not; without it all are listed");
  return [options](Invocation&) { return options->code.empty() ? list_all() : explain_one(find_row(options->code)); };
}

}  // namespace

Command explain_command() {
  return {
      "explain",
      kAround,
      "Say what a failure code means and how to get past it",
      "  mf explain LEASE_HELD\n"
      "  mf explain\n"
      "  mf explain --json\n",
      Shown::lines,
      set_up,
  };
}

}  // namespace mf::cli
