// tests/report/page.golden.md is the page of the example run. With MF_ACCEPT_GOLDEN=1 in the environment it is written
// anew; what changed in it is then a matter of review.

#include "mf/report/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "report/example_run.hpp"

namespace mf::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kGolden = MF_SOURCE_DIR "/tests/report/page.golden.md";

std::string html_of(const Documents& run) { return write_page(run, Format::html).text; }

std::string markdown_of(const Documents& run) { return write_page(run, Format::markdown).text; }

std::string worst_name() { return R"(</td><script>alert("1 & 2")</script>' onclick='x)"; }

std::size_t times_in(const std::string& text, const std::string& words) {
  std::size_t times = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++times;
  return times;
}

TEST(Page, IsAsItWasReviewed) {
  const std::string page = markdown_of(a_run());
  if (std::getenv("MF_ACCEPT_GOLDEN") != nullptr) std::ofstream(kGolden, std::ios::binary) << page;
  EXPECT_EQ(text_of_file(kGolden), page) << "MF_ACCEPT_GOLDEN=1 writes it anew";
}

TEST(Page, HasTheSameBytesEachTime) { EXPECT_EQ(html_of(a_run()), html_of(a_run())); }

TEST(Page, SaysTheVerdictFirst) {
  auto run = a_run();
  EXPECT_THAT(html_of(run), HasSubstr("<strong>PASS</strong>"));
  run.verdict->gate_decision = "FAIL";
  run.verdict->criteria.front().outcome = "FAIL";
  run.verdict->criteria.front().reason = "0.8 is below 0.9";
  EXPECT_THAT(html_of(run), HasSubstr("1 blocking criterion does not hold: "));
  EXPECT_THAT(html_of(run), HasSubstr("0.8 is below 0.9"));
  run.verdict->verdict = "INCONCLUSIVE";
  EXPECT_THAT(html_of(run), HasSubstr("<strong>INCONCLUSIVE</strong>"));
  run.verdict.reset();
  EXPECT_THAT(html_of(run), HasSubstr("<strong>NOT JUDGED</strong>"));
}

TEST(Page, SaysWhenNoCriterionCouldHaveBlocked) {
  auto run = a_run();
  const char* words = "No criterion of the policy blocks: it could only pass.";
  EXPECT_THAT(html_of(run), Not(HasSubstr(words)));
  for (auto& criterion : run.verdict->criteria) criterion.severity = "warn";
  EXPECT_THAT(html_of(run), HasSubstr(words));
}

TEST(Page, EscapesEveryNameThatItDidNotChoose) {
  auto run = a_run();
  run.plan.input_refs.target_scope.bundle_slot = worst_name();
  run.verdict->criteria.front().id = worst_name();
  run.artifact.feature_names.front() = worst_name();
  run.evaluation.metrics.slices.front().column = worst_name();
  run.evaluation.metrics.slices.front().value = worst_name();
  run.evaluation.metrics.slices.front().part = "test";
  run.evaluation.metrics.slices.front().withheld.reset();
  run.evaluation.metrics.slices.front().figures["average_precision"] = 0.5;
  run.evaluation.metrics.parts["test"].undefined["auc_roc"] = worst_name();
  run.evaluation.metrics.parts["test"].figures["auc_roc"].reset();
  const std::string page = html_of(run);
  EXPECT_EQ(times_in(page, "<script"), 0U);
  EXPECT_EQ(times_in(page, "onclick='"), 0U);
  EXPECT_EQ(times_in(page, "alert(\""), 0U);
  EXPECT_GT(times_in(page, "&lt;script&gt;"), 4U);
}

TEST(Page, IsMarkedUpByNoNameInMarkdown) {
  auto run = a_run();
  run.verdict->criteria.front().id = "a|b`c*d_e<f>\n# g";
  const std::string page = markdown_of(run);
  EXPECT_THAT(page, HasSubstr("a\\|b\\`c\\*d\\_e\\<f\\> \\# g"));
  EXPECT_THAT(page, Not(HasSubstr("\n# g")));
}

TEST(Page, DoesWithoutWhatIsNotThere) {
  auto run = a_run();
  run.certificate.reset();
  run.bundle.reset();
  run.verdict.reset();
  auto& metrics = run.evaluation.metrics;
  metrics.slices.clear();
  metrics.bootstrap.reset();
  metrics.operating_point.reset();
  metrics.baseline.reset();
  for (auto& [name, part] : metrics.parts) part = contracts::PartFigures();
  const std::string page = html_of(run);
  EXPECT_THAT(page, HasSubstr("This run has no leakage certificate."));
  EXPECT_THAT(page, HasSubstr("The evaluation kept no curves."));
  EXPECT_THAT(page, HasSubstr("names no columns to slice by"));
  EXPECT_THAT(page, HasSubstr("there are no intervals"));
}

TEST(Page, HoldsNoKeyOfARow) {
  auto run = a_run();
  run.certificate->guards.front().sample_keys = {"tx_00151584"};
  EXPECT_THAT(html_of(run), Not(HasSubstr("tx_00151584")));
}

TEST(Page, SaysWhyThereAreNoChartsOrDrawsThem) {
  const auto page = write_page(a_run(), Format::html);
#ifdef MF_WITH_CHARTS
  EXPECT_EQ(page.without_charts, "");
  EXPECT_THAT(page.text, HasSubstr("<svg"));
#else
  EXPECT_THAT(page.without_charts, HasSubstr("built without ECharts"));
  EXPECT_THAT(page.text, HasSubstr("The charts are not drawn: this mf was built without ECharts"));
#endif
}

}  // namespace
}  // namespace mf::report
