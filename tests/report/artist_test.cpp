#include "report/artist.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/duktape_library.hpp"
#include "support/failures.hpp"

namespace mf::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Caption kCaption{"chart", "A & B", "what <it> shows"};

Chart lines() {
  return {{"x"}, {"y", {}, 0.0, 1.0, true}, {{"one", Series::Shape::line, false, {{0, 0.1}, {1, 0.9}}}}};
}

Chart sideways_bars() {
  Chart chart{{"", {"a", "</text><script>"}}, {"value"}, {{"", Series::Shape::bars, false, {{0, 1.0}, {1, 2.0}}}}};
  chart.sideways = true;
  return chart;
}

class ArtistTest : public ::testing::Test {
 protected:
  void SetUp() override {
#ifdef MF_WITH_CHARTS
    ASSERT_EQ(artist_.why_not(), "");
#else
    GTEST_SKIP() << "WITHOUT CHARTS: " << artist_.why_not();
#endif
  }
  std::string drawn(const Chart& chart) { return artist_.draw(chart, kCaption).value(); }

  Artist artist_;
};

TEST_F(ArtistTest, NamesItsDrawingForThoseWhoDoNotSeeIt) {
  const std::string svg = drawn(lines());
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"chart-title chart-description\""));
  EXPECT_THAT(svg, HasSubstr("<title id=\"chart-title\">A &amp; B</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc id=\"chart-description\">what &lt;it&gt; shows</desc>"));
}

TEST_F(ArtistTest, ScalesToAnyWidth) {
  const std::string svg = drawn(lines());
  EXPECT_THAT(svg, HasSubstr("viewBox=\"0 0 "));
  EXPECT_THAT(svg.substr(0, svg.find('>')), Not(HasSubstr(" width=")));
}

TEST_F(ArtistTest, LeavesNothingThatRunsOrLooksElsewhere) {
  for (const auto& chart : {lines(), sideways_bars()}) {
    const std::string svg = drawn(chart);
    for (const char* word : {"<script", "<style", " class=", "href=", "pointer-events", "<image"})
      EXPECT_THAT(svg, Not(HasSubstr(word)));
  }
}

TEST_F(ArtistTest, ShowsSharesAsPercentages) { EXPECT_THAT(drawn(lines()), HasSubstr(">100 %</text>")); }

TEST_F(ArtistTest, EscapesTheNamesOfCategories) { EXPECT_THAT(drawn(sideways_bars()), HasSubstr("&lt;/text&gt;")); }

TEST_F(ArtistTest, DrawsTheSameTwice) {
  Artist other;
  EXPECT_EQ(drawn(lines()), other.draw(lines(), kCaption));
  EXPECT_EQ(drawn(sideways_bars()), other.draw(sideways_bars(), kCaption));
}

TEST_F(ArtistTest, DrawsMoreLinesForMorePoints) {
  Chart more = lines();
  for (int i = 2; i < 100; ++i) more.series.front().points.push_back({i / 50.0, 0.5});
  EXPECT_GT(drawn(more).size(), drawn(lines()).size());
}

TEST_F(ArtistTest, DrawsAWhiskerWhereThereIsAnInterval) {
  Chart chart{{"", {"a"}}, {"value", {}, 0.0, 1.0}, {{"", Series::Shape::points, false, {{0, 0.5}}}}};
  chart.sideways = true;
  const auto bare = drawn(chart).size();
  chart.series.front().points.front().lower = 0.4;
  chart.series.front().points.front().upper = 0.6;
  EXPECT_GT(drawn(chart).size(), bare);
}

TEST(Duktape, IsRefusedWhenItIsNotThereOrNoDuktape) {
  EXPECT_CODE(load_duktape("libduktape.so.0"), Code::ENGINE_UNAVAILABLE);
  EXPECT_CODE(load_duktape("libc.so.6"), Code::ENGINE_UNAVAILABLE);
}

TEST(Script, SaysWhatFailed) {
  Script script;
  EXPECT_CODE(script.run("throw new Error('why')"), Code::INTERNAL);
  EXPECT_CODE(script.run("this is no script"), Code::INTERNAL);
  EXPECT_CODE(script.call("nobody", "x"), Code::INTERNAL);
}

TEST(Script, CallsAFunctionWithText) {
  Script script;
  script.run("function twice(text) { return text + text; }");
  EXPECT_EQ(script.call("twice", "ä€"), "ä€ä€");
}

}  // namespace
}  // namespace mf::report
