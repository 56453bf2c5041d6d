#include "factory/run_place.hpp"
#include "factory/stage.hpp"
#include "factory/told_documents.hpp"
#include "mf/factory/presentation.hpp"
#include "mf/identity/digest.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/report/page.hpp"

namespace mf::factory {
namespace {

Result result_of_page(const ledger::RunState& state, const store::layout::RunPlace& run,
                      const report::Documents& documents, const report::WrittenPage& page) {
  auto result = result_of(state, run, "REPORTED");
  result.figures = {
      {"state", documents.state},
      {"verdict",
       documents.verdict ? documents.verdict->verdict.value_or(documents.verdict->gate_decision) : std::string("none")},
      {"bytes", static_cast<std::int64_t>(page.text.size())},
      {"sha256", identity::sha256_hex(page.text)}};
  if (!page.without_charts.empty()) {
    result.figures.emplace_back("without_charts", page.without_charts);
    result.lines.push_back("the charts are not drawn: " + page.without_charts);
  }
  return result;
}

}  // namespace

Presentation present(Workshop& workshop, store::layout::RunPlace run, PageFormat format) {
  if (run.platform_run_id.empty()) run = locate_run(*workshop.artifacts, run.run_key);
  const auto state = ledger::RunLog(*workshop.artifacts, workshop.clock, run).read();
  require_known(state, run.run_key);
  const auto documents = told_documents(workshop, state, run);
  const auto page =
      report::write_page(documents, format == PageFormat::html ? report::Format::html : report::Format::markdown);
  return {result_of_page(state, run, documents, page), page.text};
}

}  // namespace mf::factory
