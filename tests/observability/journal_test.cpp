#include "mf/observability/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>
#include <vector>

#include "mf/time.hpp"

namespace mf::observability {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// What appears on stderr while `tell` talks to a journal of these settings.
template <class Tell>
std::string told(const JournalSettings& settings, Tell tell) {
  testing::internal::CaptureStderr();
  tell(*open_journal(settings));
  return testing::internal::GetCapturedStderr();
}

JournalSettings json() { return {.format = JournalSettings::Format::json}; }

void tell_everything(Journal& journal) {
  journal.say("reading rows", {{"file", "a.csv"}});
  journal.detail("first block");
  journal.warn("12 rows are immature");
}

TEST(Journal, SpeaksToPeopleWithoutLevels) {
  EXPECT_EQ(told({}, tell_everything), "reading rows\nwarning: 12 rows are immature\n");
}

TEST(Journal, TellsDetailsAndFieldsWhenVerbose) {
  EXPECT_EQ(told({.verbose = true}, tell_everything),
            "reading rows (file a.csv)\nfirst block\nwarning: 12 rows are immature\n");
}

TEST(Journal, TellsOnlyWarningsWhenQuiet) {
  EXPECT_EQ(told({.quiet = true, .verbose = true}, tell_everything), "warning: 12 rows are immature\n");
}

TEST(Journal, ColoursOnlyTheWordWarning) {
  EXPECT_EQ(told({.colour = true}, tell_everything), "reading rows\n\x1b[33mwarning:\x1b[0m 12 rows are immature\n");
}

TEST(Journal, WritesOneJsonObjectALine) {
  std::istringstream lines(told(json(), tell_everything));
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  const auto said = nlohmann::json::parse(line);
  EXPECT_EQ(said.size(), 4U);
  EXPECT_TRUE(parse_utc(said.at("ts").get<std::string>()));
  EXPECT_EQ(said.at("level"), "info");
  EXPECT_EQ(said.at("message"), "reading rows");
  EXPECT_EQ(said.at("fields"), (nlohmann::json{{"file", "a.csv"}}));
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(nlohmann::json::parse(line).at("level"), "warning");
  EXPECT_FALSE(std::getline(lines, line));
}

TEST(Journal, EscapesWhatCouldDriveATerminalOrForgeALine) {
  const auto tell = [](Journal& journal) { journal.say("a\x1b[2J\nwarning: forged", {{"name", "x\ny"}}); };
  EXPECT_EQ(told({.verbose = true}, tell), "a\\x1b[2J\\nwarning: forged (name x\\ny)\n");
  EXPECT_EQ(nlohmann::json::parse(told(json(), tell)).at("message"), "a\x1b[2J\nwarning: forged");
}

TEST(Journal, SurvivesTextThatIsNoUtf8) {
  const auto tell = [](Journal& journal) { journal.say("caf\xE9", {{"b", "\xFF"}}); };
  EXPECT_EQ(told({}, tell), "caf\\xe9\n");
  EXPECT_EQ(nlohmann::json::parse(told(json(), tell)).at("message"), "caf\xEF\xBF\xBD");
}

TEST(Journal, TakesBracesForWhatTheyAre) {
  EXPECT_EQ(told({}, [](Journal& journal) { journal.say("{} {0} %v"); }), "{} {0} %v\n");
}

void step_fast(Journal& journal) {
  for (std::size_t i = 1; i <= 5; ++i) journal.progress("training", i, 5, "logloss 0.1");
}

TEST(Journal, TellsNoProgressOfAStepThatTakesNoTime) {
  EXPECT_EQ(told({}, step_fast), "");
  EXPECT_EQ(told(json(), step_fast), "");
}

/// A step long enough to be drawn: 100 ms between two pictures.
void step_slowly(Journal& journal) {
  journal.progress("training", 0, 4);
  std::this_thread::sleep_for(std::chrono::milliseconds(150));
  journal.progress("training", 1, 4, "logloss 0.1");
}

TEST(Journal, ChangesOneLineOnATerminal) {
  const auto line = told({.live = true}, step_slowly);
  EXPECT_THAT(line, StartsWith("\r\x1b[Ktraining  25% (1/4)"));
  EXPECT_THAT(line, HasSubstr("logloss 0.1"));
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(Journal, ClearsTheLiveLineBeforeItSaysSomethingElseAndAtItsEnd) {
  EXPECT_THAT(told({.live = true}, step_slowly), testing::EndsWith("\r\x1b[K"));
  const auto spoken = told({.live = true}, [](Journal& journal) {
    step_slowly(journal);
    journal.say("trained");
  });
  EXPECT_THAT(spoken, testing::EndsWith("\r\x1b[Ktrained\n"));
}

TEST(Journal, ShowsNoProgressWhenQuietAndNeverALiveLineInJson) {
  EXPECT_EQ(told({.quiet = true, .live = true}, step_slowly), "");
  EXPECT_EQ(told({.format = JournalSettings::Format::json, .live = true}, step_slowly), "");
}

TEST(Journal, KeepsLinesWholeWhenSeveralThreadsTell) {
  const auto text = told({}, [](Journal& journal) {
    std::vector<std::thread> tellers;
    for (int t = 0; t < 4; ++t) {
      tellers.emplace_back([&journal] {
        for (int i = 0; i < 200; ++i) journal.say("one whole line");
      });
    }
    for (auto& teller : tellers) teller.join();
  });
  std::istringstream lines(text);
  std::string line;
  int count = 0;
  for (; std::getline(lines, line); ++count) ASSERT_EQ(line, "one whole line");
  EXPECT_EQ(count, 800);
}

TEST(Silence, TellsNobody) {
  testing::internal::CaptureStderr();
  tell_everything(*open_silence());
  step_slowly(*open_silence());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace mf::observability
