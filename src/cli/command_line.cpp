#include "cli/command_line.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "cli/help.hpp"
#include "cli/version.hpp"
#include "mf/error.hpp"

namespace mf::cli {
namespace {

constexpr const char* kOverview =
    "  mf demo try                                     a folder with made-up card payments, and all that a run needs\n"
    "  mf --profile try/mf.yaml run try/request.json   train, evaluate, judge and publish\n"
    "  mf --profile try/mf.yaml status                 where the run is\n"
    "  mf explain LEASE_HELD                           what a failure code means\n";

/// CLI11's sentence, as one line; where it counts arguments, in plainer words.
std::string sentence_of(const CLI::ParseError& fault) {
  const std::string text = fault.what();
  const std::string option = text.substr(0, text.find(':'));
  if (fault.get_name() != "ArgumentMismatch") return text.substr(0, text.find('\n'));
  return text.find("At Most") == std::string::npos ? option + " needs a value" : option + " is given more than once";
}

bool is_option(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates) {
  const auto near = near_miss(word, candidates);
  return near ? "; did you mean '" + *near + "'?" : "";
}

}  // namespace

CommandLine::CommandLine()
    : app_("Trains, judges and publishes fraud models: from one request to one immutable bundle", "mf") {
  app_.formatter(std::make_shared<ExamplesFirst>());
  app_.footer(kOverview);
  app_.set_version_flag("--version", std::string("mf ") + kVersion, "Show the version and exit")
      ->group("Options of every command");
  app_.require_subcommand(0, 1);
  app_.allow_extras();  // refuse_leftovers says more of them than CLI11 does
  add_global_options(app_, options_);
  for (const auto& command : command_table()) add(command);
}

void CommandLine::add(const Command& command) {
  CLI::App* app = app_.add_subcommand(command.name, command.summary)->group(command.group);
  app->footer(command.examples);
  app->allow_extras();
  // Declaring the options of every command takes half a millisecond: only the one that is named does it.
  app->preparse_callback([this, &command, app](std::size_t) {
    action_ = command.set_up(*app);
    add_global_options(*app, options_);
  });
  entries_.push_back({&command, app});
}

CommandLine::Asked CommandLine::parse(int argc, const char* const* argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Asked::help;
  } catch (const CLI::CallForVersion&) {
    return Asked::version;
  } catch (const CLI::ParseError& fault) {
    refuse_leftovers();
    throw Error(Code::USAGE, sentence_of(fault), {}, see_help());
  }
  refuse_leftovers();
  return named() == nullptr ? Asked::nothing : Asked::command;
}

const CommandLine::Entry* CommandLine::named() const {
  const auto entry = std::find_if(entries_.begin(), entries_.end(), [](const Entry& e) { return e.app->parsed(); });
  return entry == entries_.end() ? nullptr : &*entry;
}

const Command* CommandLine::command() const {
  const auto* entry = named();
  return entry == nullptr ? nullptr : entry->command;
}

void CommandLine::refuse_leftovers() const {
  refuse_leftovers_of(app_);
  if (const auto* entry = named()) refuse_leftovers_of(*entry->app);
}

void CommandLine::refuse_leftovers_of(const CLI::App& app) const {
  auto words = app.remaining();
  words.erase(std::remove(words.begin(), words.end(), "--"), words.end());
  if (words.empty()) return;
  const std::string& word = words.front();
  if (is_option(word)) {
    const auto name = word.substr(0, word.find('='));
    throw Error(Code::USAGE, "there is no option '" + name + "'" + did_you_mean(name, option_names(app)), {},
                see_help());
  }
  if (command() != nullptr) throw Error(Code::USAGE, "'" + word + "' is one argument too many", {}, see_help());
  std::vector<std::string> names;
  for (const auto& command : command_table()) names.emplace_back(command.name);
  throw Error(Code::USAGE, "there is no command '" + word + "'" + did_you_mean(word, names), {}, see_help());
}

std::string CommandLine::see_help() const {
  const std::string name = command() == nullptr ? "" : std::string(command()->name) + " ";
  return "See `mf " + name + "--help`; examples come first.";
}

bool asks_for_json(int argc, const char* const* argv) {
  const auto end = std::find(argv, argv + argc, std::string_view("--"));
  return std::find(argv, end, std::string_view("--json")) != end;
}

}  // namespace mf::cli
