#pragma once
// The rest of a request for a pinned dataset: what `mf pin --request` writes beside the manifest.
//
// Room: cli.

#include <CLI/App.hpp>
#include <string>

#include "mf/contracts/train_build_request.hpp"

namespace mf::cli {

struct RequestChoices {
  std::string file;  ///< empty: no request is written
  std::string request_id, intent_kind, training_config_ref, governance_profile_ref, requester_principal;
  std::string environment, mode, bundle_slot, tenant_id;
  std::string policy_revision, config_revision, mf_code_release_id;
  bool publish_allowed = false;
};

/// Declares --request and the options that go with it on `app`.
void add_request_choices(CLI::App& app, RequestChoices& choices);

/// Throws USAGE when an option that --request needs is missing, or one is given without --request; the request's own
/// codes when a value cannot stand in a request.
void require_complete(const RequestChoices& choices, const CLI::App& app, const std::string& platform_run_id);

/// The request for the manifest at `manifest_ref`.
contracts::TrainBuildRequest request_of(const RequestChoices& choices, const std::string& platform_run_id,
                                        const std::string& manifest_ref);

}  // namespace mf::cli
