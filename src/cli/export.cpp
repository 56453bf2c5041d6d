#include <memory>

#include "cli/command.hpp"
#include "mf/factory/export_signals.hpp"

namespace mf::cli {
namespace {

using factory::ExportChoices;

Action set_up(CLI::App& app) {
  const auto choices = std::make_shared<ExportChoices>();
  app.add_option("--platform-run-id", choices->platform_run_id,
                 "Only this platform run (all that have runs unless given)")
      ->type_name("ID");
  app.add_option("--runs-root", choices->runs_root, "The folder that holds a folder for each platform run")
      ->type_name("DIR");
  app.add_option("--textfile-folder", choices->textfile_folder, "Where node_exporter reads: gets mf.prom")
      ->type_name("DIR");
  app.add_option("--openlineage", choices->openlineage, "The file for OpenLineage events, one a line")
      ->type_name("FILE");
  app.add_flag("--openmetrics", choices->openmetrics, "Write mf.prom as OpenMetrics instead of Prometheus text");
  return [choices](Invocation& invocation) {
    auto workshop = invocation.open_workshop();
    return factory::export_signals(workshop, *choices);
  };
}

}  // namespace

Command export_command() {
  return {
      "export",
      kAround,
      "Write counters, health, governance facts and lineage where others read them",
      "  mf export\n"
      "  mf export --platform-run-id platform_20260210T000000Z --runs-root /srv/runs\n"
      "  mf export --textfile-folder /var/lib/node_exporter --openlineage lineage.ndjson\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
