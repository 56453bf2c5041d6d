#include <memory>

#include "cli/command.hpp"
#include "cli/request_choices.hpp"
#include "cli/request_file.hpp"
#include "cli/whole_number.hpp"
#include "mf/error.hpp"
#include "mf/factory/pin_dataset.hpp"

namespace mf::cli {
namespace {

/// The ref of factory::pin_dataset that a request names: with the digest, so that other bytes there are refused.
constexpr const char* kManifestRef = "dataset_manifest_pinned_ref";

struct PinOptions {
  std::string file;
  std::string feature_set;  // id@version
  dataset::PinSettings settings;
  RequestChoices request;
};

void add_columns(CLI::App& app, dataset::PinSettings::Columns& columns) {
  const auto add = [&app](const char* name, auto& value, const char* description) {
    return app.add_option(name, value, description)->type_name("COL")->group("Columns, by their names in the header");
  };
  add("--id", columns.id, "A key of the event, in every row")->required();
  add("--time", columns.time, "When the event happened")->required();
  add("--label", columns.label, "1 or true: fraud; 0 or false: legitimate; empty: not known yet")->required();
  add("--label-time", columns.label_time, "When the label was observed; may be the column of --time")->required();
  add("--entity", columns.entity, "Card or account");
  add("--amount", columns.amount, "Money; a feature too, unless --feature says which are");
  add("--feature-time", columns.feature_time, "When the features were computed");
  add("--weight", columns.weight, "Weight of the row in training");
  add("--slice", columns.slices, "Also evaluate by this column; may be given several times")->allow_extra_args(false);
  add("--feature", columns.features, "A feature; may be given several times; without it every numeric column is one")
      ->allow_extra_args(false);
  add("--category", columns.categories, "A feature that is a text, such as a channel; may be given several times")
      ->allow_extra_args(false);
}

void add_meaning(CLI::App& app, PinOptions& options) {
  auto& settings = options.settings;
  const auto add = [&app](const char* name, auto& value, const char* type, const char* description) {
    return app.add_option(name, value, description)->type_name(type)->group("What the file is");
  };
  add("--platform-run-id", settings.platform_run_id, "ID", "The platform run that the dataset belongs to")->required();
  add("--label-asof", settings.label_asof, "UTC", "Up to when labels were collected, such as 2026-02-10T00:00:00Z")
      ->required();
  add("--feature-set", options.feature_set, "ID@VERSION", "The feature set; the training profile names the same")
      ->required();
  add("--ofs-code-release", settings.ofs_code_release_id, "ID", "What made the file, such as git:79830c71c2")
      ->required();
  add("--ofs-config-revision", settings.config_revision, "REV", "The configuration that made it, such as ofs@r1")
      ->required();
  add("--maturity-days", settings.maturity_days, "N", "After how many days without a report an event is legitimate")
      ->check(whole_number());
  add("--time-type", settings.time_type, "TYPE", "Of every time column (timestamp, which is RFC 3339, unless given)")
      ->option_text("timestamp|epoch_s|epoch_ms")
      ->check(CLI::IsMember({"timestamp", "epoch_s", "epoch_ms"}));
  add("--format", settings.format, "FORMAT", "How the file is written, packed or not (csv unless given)")
      ->option_text("csv|csv.gz|csv.zst|parquet")
      ->check(CLI::IsMember({"csv", "csv.gz", "csv.zst", "parquet"}));
  add("--resolution-rule", settings.resolution_rule, "RULE",
      "How labels were resolved (observed_time<=label_asof_utc unless given)");
}

void take_feature_set(PinOptions& options) {
  const auto at = options.feature_set.rfind('@');
  if (at == std::string::npos || at == 0 || at + 1 == options.feature_set.size()) {
    throw Error(Code::USAGE, "--feature-set takes ID@VERSION, not '" + options.feature_set + "'", {},
                "Write it as the training profile has it, such as core_features@v1.");
  }
  options.settings.feature_set_id = options.feature_set.substr(0, at);
  options.settings.feature_set_version = options.feature_set.substr(at + 1);
}

void write_request(const PinOptions& options, factory::Result& result) {
  const auto& ref = result.refs.at(kManifestRef);
  write_request_file(options.request.file, request_of(options.request, options.settings.platform_run_id, ref));
  result.lines.push_back("the request is in " + options.request.file);
  result.next = "mf run " + options.request.file;
}

factory::Result pin(Invocation& invocation, PinOptions& options, const CLI::App& app) {
  take_feature_set(options);
  require_complete(options.request, app, options.settings.platform_run_id);
  auto workshop = invocation.open_workshop();
  auto result = factory::pin_dataset(workshop, options.file, options.settings);
  if (!options.request.file.empty()) write_request(options, result);
  return result;
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<PinOptions>();
  app.add_option("FILE", options->file, "The file, CSV with a header or Parquet; it is copied into the store")
      ->type_name("FILE")
      ->required();
  add_columns(app, options->settings.columns);
  add_meaning(app, *options);
  add_request_choices(app, options->request);
  return [options, &app](Invocation& invocation) { return pin(invocation, *options, app); };
}

}  // namespace

Command pin_command() {
  return {
      "pin",
      kAround,
      "Make your own CSV or Parquet file a dataset that requests can name",
      "  mf pin payments.csv --platform-run-id platform_20260210T091951Z \\\n"
      "    --id payment_id --time paid_at --label is_fraud --label-time reported_at --amount amount \\\n"
      "    --label-asof 2026-02-10T00:00:00Z --feature-set core_features@v1 \\\n"
      "    --ofs-code-release git:79830c71c2 --ofs-config-revision ofs@r1\n"
      "  mf pin payments.csv ... --slice country --slice channel --entity card\n"
      "  mf pin payments.parquet --format parquet ...\n"
      "  mf pin payments.csv ... --request request.json --request-id req-2026-02-10 --intent baseline_train ...\n",
      Shown::outcome_and_refs,
      set_up,
  };
}

}  // namespace mf::cli
