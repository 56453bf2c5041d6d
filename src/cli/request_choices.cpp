#include "cli/request_choices.hpp"

#include "mf/error.hpp"

namespace mf::cli {
namespace {

constexpr const char* kGroup = "The request (with --request)";

struct Row {
  const char* option;
  std::string RequestChoices::*value;
  const char* type;
  const char* description;
};

/// Every option that a request cannot do without.
constexpr Row kRequired[] = {
    {"--request-id", &RequestChoices::request_id, "ID", "Name of this request: 8 to 128 of A-Z a-z 0-9 _ . : -"},
    {"--intent", &RequestChoices::intent_kind, "KIND",
     "baseline_train, backfill_retrain, candidate_eval or regression_check"},
    {"--training-config", &RequestChoices::training_config_ref, "REF", "The training profile, by its ref in the store"},
    {"--governance-profile", &RequestChoices::governance_profile_ref, "REF",
     "The governance profile, by its ref in the store"},
    {"--requester", &RequestChoices::requester_principal, "WHO", "Who asks: SYSTEM::<service> or HUMAN::<id>"},
    {"--environment", &RequestChoices::environment, "NAME", "Where the bundle is meant to serve, such as prod"},
    {"--mode", &RequestChoices::mode, "NAME", "The mode of the bundle's slot, such as fraud"},
    {"--bundle-slot", &RequestChoices::bundle_slot, "NAME", "The slot that the bundle is a candidate for"},
    {"--policy-revision", &RequestChoices::policy_revision, "REV", "The policy revision this run is judged under"},
    {"--config-revision", &RequestChoices::config_revision, "REV", "The configuration revision this run uses"},
    {"--code-release", &RequestChoices::mf_code_release_id, "ID", "The Model Factory release that builds this run"},
};

/// Options that only mean something beside --request.
bool is_given(const CLI::App& app, const char* option) { return app.get_option(option)->count() > 0; }

void refuse_without_request(const CLI::App& app, const char* option) {
  if (!is_given(app, option)) return;
  throw Error(Code::USAGE, std::string(option) + " describes a request, and no --request FILE says where to write it",
              {}, "Add --request FILE, or leave " + std::string(option) + " out.");
}

void require_no_choices(const CLI::App& app) {
  for (const auto& row : kRequired) refuse_without_request(app, row.option);
  refuse_without_request(app, "--tenant");
  refuse_without_request(app, "--publish-allowed");
}

void require_every_choice(const RequestChoices& choices) {
  std::string missing;
  for (const auto& row : kRequired) {
    if ((choices.*row.value).empty()) missing += (missing.empty() ? "" : ", ") + std::string(row.option);
  }
  if (missing.empty()) return;
  throw Error(Code::USAGE, "--request needs more options: " + missing, {},
              "Give them all: what shapes a run is never guessed. `mf pin --help` says what each means.");
}

}  // namespace

void add_request_choices(CLI::App& app, RequestChoices& choices) {
  app.add_option("--request", choices.file, "Write a request for the pinned dataset to this new file")
      ->type_name("FILE")
      ->group(kGroup);
  for (const auto& row : kRequired) {
    app.add_option(row.option, choices.*row.value, row.description)->type_name(row.type)->group(kGroup);
  }
  app.add_option("--tenant", choices.tenant_id, "The tenant, where slots belong to tenants")
      ->type_name("ID")
      ->group(kGroup);
  app.add_flag("--publish-allowed", choices.publish_allowed, "A bundle that passes its gate may be published")
      ->take_last()
      ->group(kGroup);
}

void require_complete(const RequestChoices& choices, const CLI::App& app, const std::string& platform_run_id) {
  if (!is_given(app, "--request")) return require_no_choices(app);
  require_every_choice(choices);
  // Any ref will do here: the manifest's own is known only once the whole file has been read.
  contracts::read_request(contracts::request_json(request_of(choices, platform_run_id, "pending")),
                          "the request options");
}

contracts::TrainBuildRequest request_of(const RequestChoices& choices, const std::string& platform_run_id,
                                        const std::string& manifest_ref) {
  contracts::TrainBuildRequest request;
  request.schema_version = "learning.mf_train_build_request.v0";
  request.request_id = choices.request_id;
  request.intent_kind = choices.intent_kind;
  request.platform_run_id = platform_run_id;
  request.dataset_manifest_refs = {manifest_ref};
  request.training_config_ref = choices.training_config_ref;
  request.governance_profile_ref = choices.governance_profile_ref;
  request.requester_principal = choices.requester_principal;
  request.target_scope = {choices.environment, choices.mode, choices.bundle_slot, {}};
  if (!choices.tenant_id.empty()) request.target_scope.tenant_id = choices.tenant_id;
  request.policy_revision = choices.policy_revision;
  request.config_revision = choices.config_revision;
  request.mf_code_release_id = choices.mf_code_release_id;
  request.publish_allowed = choices.publish_allowed;
  return request;
}

}  // namespace mf::cli
