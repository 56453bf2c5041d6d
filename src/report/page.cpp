#include "mf/report/page.hpp"

#include "report/html.hpp"
#include "report/in_words.hpp"
#include "report/markdown.hpp"
#include "report/metric_titles.hpp"
#include "report/parts.hpp"
#include "report/sections.hpp"
#include "report/verdict.hpp"

namespace mf::report {
namespace {

/// What a reader looks for first, of test rows.
std::vector<Highlight> highlights_of(const contracts::EvalReport& report) {
  std::vector<Highlight> highlights;
  const auto* test = part_of(report, "test");
  if (test == nullptr) return highlights;
  for (const char* name : {"average_precision", "auc_roc", "recall", "precision", "value_recall", "savings"}) {
    const auto found = test->figures.find(name);
    if (found == test->figures.end() || !found->second) continue;
    const auto* interval = interval_of(test->intervals, name);
    highlights.push_back({title_of_metric(name), number(found->second),
                          interval == nullptr || !interval->lower || !interval->upper
                              ? ""
                              : number(interval->lower) + " to " + number(interval->upper)});
  }
  highlights.push_back({"Frauds in test", count(test->positives), "of " + counted(test->rows, "row", "rows")});
  return highlights;
}

Page page_of(const Documents& documents) {
  const auto& scope = documents.plan.input_refs.target_scope;
  const Verdict verdict = verdict_of(documents);
  Page page;
  page.title = "Model evaluation " + documents.run_key;
  page.subtitle = "Slot " + scope.bundle_slot + ", environment " + scope.environment + ", mode " + scope.mode + " · " +
                  documents.plan.intent_kind + " · " + documents.plan.training_profile.resolved_revision + " · " +
                  documents.state;
  page.outcome = verdict.outcome;
  page.verdict = verdict.word;
  page.explanation = verdict.sentence;
  page.highlights = highlights_of(documents.evaluation);
  page.document = "Made by Model Factory from the recorded documents of run " + documents.run_key + ", evaluation " +
                  documents.evaluation.eval_report_id + ".";
  for (const auto section :
       {verdict_section, figures_section, curves_section, time_section, slices_section, explanations_section,
        data_section, leakage_section, training_section, model_card_section, lineage_section})
    page.sections.push_back(section(documents));
  return page;
}

}  // namespace

WrittenPage write_page(const Documents& documents, Format format) {
  const Page page = page_of(documents);
  if (format == Format::markdown) return {markdown_of(page), ""};
  Artist artist;
  return {html_of(page, artist), artist.why_not()};
}

}  // namespace mf::report
