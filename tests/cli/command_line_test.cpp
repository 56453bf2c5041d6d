#include "cli/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "mf/error.hpp"

namespace mf::cli {
namespace {

using ::testing::HasSubstr;
using Asked = CommandLine::Asked;

/// The words of one call, after the program's name.
struct Words {
  explicit Words(std::vector<const char*> words) : argv(std::move(words)) { argv.insert(argv.begin(), "mf"); }
  [[nodiscard]] int count() const { return static_cast<int>(argv.size()); }
  std::vector<const char*> argv;
};

Asked parse(CommandLine& line, std::vector<const char*> words) {
  const Words call(std::move(words));
  return line.parse(call.count(), call.argv.data());
}

/// The message that refuses the words.
std::string refusal(std::vector<const char*> words) {
  CommandLine line;
  try {
    parse(line, std::move(words));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::USAGE);
    return error.message();
  }
  return "understood";
}

TEST(CommandLine, FindsTheCommand) {
  CommandLine line;
  EXPECT_EQ(parse(line, {"run", "request.json"}), Asked::command);
  EXPECT_STREQ(line.command()->name, "run");
  EXPECT_TRUE(line.action());
}

TEST(CommandLine, TakesGlobalOptionsBeforeAndAfterTheCommand) {
  for (const auto& words : {std::vector<const char*>{"--json", "--profile", "a.yaml", "-v", "runs"},
                            std::vector<const char*>{"runs", "--json", "--profile", "a.yaml", "-v"},
                            std::vector<const char*>{"--json", "runs", "--profile=a.yaml", "-v"}}) {
    CommandLine line;
    EXPECT_EQ(parse(line, words), Asked::command);
    EXPECT_TRUE(line.options().json);
    EXPECT_TRUE(line.options().verbose);
    EXPECT_FALSE(line.options().quiet);
    EXPECT_EQ(line.options().profile, "a.yaml");
  }
}

TEST(CommandLine, KnowsHelpAndVersionAndSilence) {
  for (const auto& words : {std::vector<const char*>{"--help"}, {"-h"}, {"run", "--help"}, {"pin", "-h"}}) {
    CommandLine line;
    EXPECT_EQ(parse(line, words), Asked::help);
  }
  CommandLine line;
  EXPECT_EQ(parse(line, {"--version"}), Asked::version);
  CommandLine silent;
  EXPECT_EQ(parse(silent, {}), Asked::nothing);
  EXPECT_EQ(silent.command(), nullptr);
}

TEST(CommandLine, SuggestsTheNearMissButNeverRunsIt) {
  EXPECT_EQ(refusal({"statsu"}), "there is no command 'statsu'; did you mean 'status'?");
  EXPECT_EQ(refusal({"runs", "--jsn"}), "there is no option '--jsn'; did you mean '--json'?");
  EXPECT_EQ(refusal({"--profle=a.yaml", "runs"}), "there is no option '--profle'; did you mean '--profile'?");
  EXPECT_EQ(refusal({"frobnicate"}), "there is no command 'frobnicate'");
}

TEST(CommandLine, NamesTheMistypedOptionRatherThanTheMissingOne) {
  EXPECT_EQ(refusal({"pin", "a.csv", "--lable", "y"}), "there is no option '--lable'; did you mean '--label'?");
}

TEST(CommandLine, TakesNoAbbreviations) {
  EXPECT_THAT(refusal({"stat"}), HasSubstr("there is no command 'stat'"));
  EXPECT_THAT(refusal({"runs", "--prof", "a.yaml"}), HasSubstr("there is no option '--prof'"));
}

TEST(CommandLine, RefusesWhatIsTooMuchOrTooLittle) {
  EXPECT_EQ(refusal({"run", "a.json", "b.json"}), "'b.json' is one argument too many");
  EXPECT_EQ(refusal({"run", "a.json", "status"}), "'status' is one argument too many");
  EXPECT_EQ(refusal({"run"}), "REQUEST is required");
  EXPECT_EQ(refusal({"runs", "--profile"}), "--profile needs a value");
  EXPECT_EQ(refusal({"runs", "--profile", "a", "--profile", "b"}), "--profile is given more than once");
}

TEST(CommandLine, TakesWholeNumbersInDecimalOnly) {
  for (const char* number : {"010", "0x10", "1e3", "-1", "1.5", "", "1 "}) {
    EXPECT_THAT(refusal({"demo", "d", "--seed", number}), HasSubstr("--seed")) << number;
  }
  EXPECT_EQ(refusal({"demo", "d", "--seed", "0", "--transactions", "90"}), "understood");
  EXPECT_THAT(refusal({"demo", "d", "--transactions", "99999999999999999999"}), HasSubstr("--transactions"));
}

TEST(CommandLine, LetsARepeatedOptionLeaveTheArgumentAlone) {
  CommandLine line;
  const Words words({"pin",
                     "--slice",
                     "a",
                     "--slice",
                     "b",
                     "f.csv",
                     "--id",
                     "i",
                     "--time",
                     "t",
                     "--label",
                     "y",
                     "--label-time",
                     "u",
                     "--platform-run-id",
                     "p",
                     "--label-asof",
                     "2026-02-10T00:00:00Z",
                     "--feature-set",
                     "f@v1",
                     "--ofs-code-release",
                     "r",
                     "--ofs-config-revision",
                     "c"});
  EXPECT_EQ(line.parse(words.count(), words.argv.data()), Asked::command);
}

TEST(Help, BeginsWithExamples) {
  for (const auto& command : command_table()) {
    CommandLine line;
    ASSERT_EQ(parse(line, {command.name, "--help"}), Asked::help);
    EXPECT_EQ(line.help().rfind(std::string("Examples:\n") + command.examples, 0), 0U) << command.name;
    EXPECT_THAT(line.help(), HasSubstr("--json"));
  }
}

TEST(Help, ListsEveryCommand) {
  CommandLine line;
  for (const auto& command : command_table())
    EXPECT_THAT(line.help(), HasSubstr(std::string("\n  ") + command.name + " "));
}

TEST(CommandTable, NamesEachCommandOnce) {
  std::set<std::string> names;
  for (const auto& command : command_table()) EXPECT_TRUE(names.insert(command.name).second) << command.name;
}

TEST(AsksForJson, LooksAtEveryWordButFileNamesAfterTheDashes) {
  const Words json({"frobnicate", "--json"}), file({"run", "--", "--json"}), neither({"run", "a"});
  EXPECT_TRUE(asks_for_json(json.count(), json.argv.data()));
  EXPECT_FALSE(asks_for_json(file.count(), file.argv.data()));
  EXPECT_FALSE(asks_for_json(neither.count(), neither.argv.data()));
}

}  // namespace
}  // namespace mf::cli
