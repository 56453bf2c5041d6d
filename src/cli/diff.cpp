#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "cli/command.hpp"
#include "cli/run_choice.hpp"
#include "mf/factory/presentation.hpp"

namespace mf::cli {
namespace {

struct DiffOptions {
  RunChoice first, second;
};

std::string text_in(const factory::Figure& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? "" : *text;
}

bool is_digest(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// The beginning of a digest tells it from others, and leaves room for what stands beside it.
std::string shortened(const std::string& text) { return is_digest(text) ? text.substr(0, 12) + "..." : text; }

/// A number with the digits that people compare.
std::string rounded(const std::string& text) {
  std::array<char, 32> rounded{};
  std::snprintf(rounded.data(), rounded.size(), "%.6g", std::strtod(text.c_str(), nullptr));
  return text.empty() ? text : rounded.data();
}

bool is_of_other_parts(const std::vector<factory::Figure>& row) {
  return text_in(row[0]) == "figure" && !text_in(row[1]).starts_with("test ");
}

/// For people: the figures of test alone, which the verdict is about, and no more digits than they read.
void condense(factory::Result& result) {
  auto& rows = result.table->rows;
  const auto all = rows.size();
  std::erase_if(rows, is_of_other_parts);
  for (auto& row : rows)
    for (const std::size_t value : {2U, 3U})
      row[value] = text_in(row[0]) == "figure" ? rounded(text_in(row[value])) : shortened(text_in(row[value]));
  if (all > rows.size())
    result.lines.push_back("and " + std::to_string(all - rows.size()) +
                           " figures of other parts; --verbose and --json tell them all");
}

factory::Result diff(Invocation& invocation, const DiffOptions& options) {
  auto first = place_of(invocation, options.first);
  auto second = place_of(invocation, options.second);
  invocation.remember("");  // the answer is about two runs
  auto workshop = invocation.open_workshop();
  auto result = factory::compare_runs(workshop, std::move(first), std::move(second));
  if (!invocation.options().json && !invocation.options().verbose) condense(result);
  return result;
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<DiffOptions>();
  const auto add = [&app](const char* name, RunChoice& choice, const char* description) {
    app.add_option(name, choice.request, description)->type_name("RUN")->required();
  };
  add("RUN_A", options->first, "The run to compare with, or its request file");
  add("RUN_B", options->second, "The run that is compared, or its request file");
  return [options](Invocation& invocation) { return diff(invocation, *options); };
}

}  // namespace

Command diff_command() {
  return {
      "diff",
      kCorridor,
      "Say in what two runs differ: inputs, profile keys, libraries, rows, figures, verdict",
      "  mf diff tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f tr_2b7e151628aed2a6abf7158809cf4f3c\n"
      "  mf diff before.json after.json --json\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
