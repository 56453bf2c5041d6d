#include "factory/signals_index.hpp"

#include <gtest/gtest.h>

namespace mf::factory {
namespace {

ToldRun told_run(const std::string& run_key, bool with_lineage) {
  ToldRun run;
  run.run_key = run_key;
  run.events = 7;
  run.mark = "1.2.3";
  run.signals.governance = {{"2026-02-10T00:00:00.000000Z", "id", R"({"a":"b"})"}};
  run.signals.audits = {{"2026-02-10T00:00:01.000000Z", "id-2", "{}"}};
  run.signals.control = {{"2026-02-10T00:00:02.000000Z", "id-3", "{}"}};
  run.signals.tally.counters = {{"eval_pass", 1}, {"train_requested", 0}};
  run.signals.tally.anomalies = {{"STORE_FULL", 2}};
  run.signals.tally.categories = {{"UNKNOWN", 2}};
  run.signals.tally.refs = {{"RESOLVED", 3}};
  run.signals.tally.newest_utc = "2026-02-10T00:00:02.000000Z";
  if (with_lineage) run.lineage = {{"2026-02-10T00:00:03.000000Z", "id-4", "{}"}};
  return run;
}

std::string written(const std::vector<ToldRun>& runs) {
  std::vector<const ToldRun*> pointers;
  for (const auto& run : runs) pointers.push_back(&run);
  return write_signals_index(pointers, "platform_run");
}

TEST(SignalsIndex, GivesBackWhatWasKept) {
  const std::vector<ToldRun> runs = {told_run("tr_1", false), told_run("tr_2", true)};
  const SignalsIndex index(written(runs), "platform_run");
  EXPECT_EQ(index.size(), 2U);
  for (const auto& run : runs) EXPECT_EQ(index.read(run.run_key), run);
  EXPECT_EQ(index.look_up("tr_1")->mark, "1.2.3");
  EXPECT_FALSE(index.read("tr_3"));
}

TEST(SignalsIndex, KeepsNoRunWithoutAMark) {
  auto run = told_run("tr_1", false);
  run.mark.clear();
  EXPECT_EQ(SignalsIndex(written({run}), "platform_run").size(), 0U);
}

TEST(SignalsIndex, IsOfNoRunWhereAnythingIsNotAsItWasWritten) {
  const std::string bytes = written({told_run("tr_1", true)});
  EXPECT_EQ(SignalsIndex(bytes, "another").size(), 0U);
  EXPECT_EQ(SignalsIndex("", "platform_run").size(), 0U);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_EQ(SignalsIndex(damaged, "platform_run").size(), 0U) << i;
    EXPECT_EQ(SignalsIndex(bytes.substr(0, i), "platform_run").size(), 0U) << i;
  }
}

}  // namespace
}  // namespace mf::factory
