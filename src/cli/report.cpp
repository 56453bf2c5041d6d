#include <memory>

#include "cli/command.hpp"
#include "cli/page_file.hpp"
#include "cli/run_choice.hpp"
#include "mf/error.hpp"
#include "mf/factory/presentation.hpp"

namespace mf::cli {
namespace {

struct ReportOptions {
  RunChoice choice;
  std::string format = "html";
  std::string out;
  bool force = false;
};

void require_one(const ReportOptions& options) {
  const auto& [request, run] = options.choice;
  if (request.empty() == run.empty())
    throw Error(Code::USAGE,
                run.empty() ? "mf report needs a run or its request file, and got neither"
                            : "mf report takes one run, and got two",
                {}, "Write `mf report tr_...` or `mf report REQUEST`; `mf runs` lists the runs.");
}

std::string file_of(const ReportOptions& options, const factory::Result& result) {
  if (!options.out.empty()) return options.out;
  return "report-" + result.run + (options.format == "html" ? ".html" : ".md");
}

/// The page in place of everything else that would be told.
factory::Result told_itself(factory::Presentation presented) {
  auto& result = presented.result;
  result.figures.emplace_back("page", presented.page);
  result.verbatim = std::move(presented.page);
  return std::move(result);
}

factory::Result report(Invocation& invocation, const ReportOptions& options) {
  require_one(options);
  auto place = place_of(invocation, options.choice);
  auto workshop = invocation.open_workshop();
  auto presented = factory::present(
      workshop, std::move(place), options.format == "html" ? factory::PageFormat::html : factory::PageFormat::markdown);
  if (options.out == "-") return told_itself(std::move(presented));
  const std::string file = file_of(options, presented.result);
  write_page_file(file, presented.page, options.force ? Overwrite::allowed : Overwrite::never);
  presented.result.figures.emplace_back("file", file);
  presented.result.lines.push_back("the page is in " + file);
  return std::move(presented.result);
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<ReportOptions>();
  add_looking_choice(app, options->choice);
  app.add_option("--format", options->format, "How the page is written (html unless given)")
      ->option_text("html|md")
      ->check(CLI::IsMember({"html", "md"}));
  app.add_option("-o,--out", options->out,
                 "The file to write (report-RUN.html or .md here unless given); - is standard output")
      ->type_name("FILE");
  app.add_flag("--force", options->force, "Write over a file that holds something else");
  return [options](Invocation& invocation) { return report(invocation, *options); };
}

}  // namespace

Command report_command() {
  return {
      "report",
      kCorridor,
      "Write the evaluation of a run as one page that people read: verdict, figures, curves, model card, lineage",
      "  mf report tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n"
      "  mf report request.json --out evaluation.html --force\n"
      "  mf report request.json --format md --out - | less\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
