#include "factory/run_scope.hpp"
#include "mf/error.hpp"
#include "mf/factory/stories.hpp"
#include "mf/ledger/submission.hpp"

namespace mf::factory {

Result validate_request(std::string_view bytes, const std::string& where) {
  const auto request = contracts::read_request(bytes, where);
  Result result;
  result.outcome = "ACCEPTED";
  result.identity = contracts::identity_of(request);
  result.run = result.identity->run_id;
  result.figures = {
      {"dataset_manifests", static_cast<std::int64_t>(contracts::canonical_manifest_refs(request).size())},
      {"publish_allowed", request.publish_allowed}};
  result.lines = {"request " + request.request_id + " means run " + result.run};
  return result;
}

store::layout::RunPlace admit(Workshop& workshop, const contracts::TrainBuildRequest& request) {
  require_in_scope(workshop, request.platform_run_id);
  const auto submitted = ledger::submit(*workshop.artifacts, workshop.clock, request, attribution_of(workshop));
  if (submitted.outcome == ledger::Submission::alias)
    workshop.journal.detail("request " + request.request_id + " joins run " + submitted.place.run_key);
  return submitted.place;
}

store::layout::RunPlace find_run(const Workshop& workshop, const std::string& run_key) {
  const auto place = ledger::find_run(*workshop.artifacts, run_key);
  if (!place)
    throw Error(Code::RUN_NOT_FOUND,
                "there is no run " + run_key.substr(0, 64) + " in " + workshop.artifacts->describe(),
                {{"run", run_key.substr(0, 64)}});
  return *place;
}

}  // namespace mf::factory
