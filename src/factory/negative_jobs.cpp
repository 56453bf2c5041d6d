#include <nlohmann/json.hpp>

#include "factory/negative_matrix.hpp"
#include "mf/contracts/job_documents.hpp"
#include "mf/factory/jobs.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;

/// What the worker answered, as if it had been the answer to a command.
Result answer_in(const NegativePlace& place, const std::string& request_id) {
  const auto key = store::layout::job_invocation(kMadePlatformRun, request_id);
  const auto receipt = contracts::read_json<contracts::JobInvocationReceipt>(place.read("store/" + key), key);
  if (receipt.error) {
    const auto* row = find_code(receipt.error->code);
    throw Error(row == nullptr ? Code::INTERNAL : row->code, receipt.error->message);
  }
  Result result;
  result.outcome = receipt.status;
  return result;
}

/// A job is left for the worker, then changed behind its back, then worked on.
std::function<Result(const NegativePlace&)> worked_on(NegativePlace::Change change) {
  return [change = std::move(change)](const NegativePlace& place) {
    place.wire("required_platform_run_id", kMadePlatformRun);
    place.wire("launcher", {{"policy_id", "mf.launcher.v1"},
                            {"revision", "r1"},
                            {"stream_id", "mf.negative"},
                            {"request_batch_limit", 1}});
    auto workshop = place.open();
    const auto request = place.request();
    static_cast<void>(enqueue_train_build(workshop, request, {}));
    place.edit("store/" + store::layout::job_request(kMadePlatformRun, request.request_id), change);
    static_cast<void>(work(workshop, {}));
    return answer_in(place, request.request_id);
  };
}

}  // namespace

std::vector<NegativeCase> negative_jobs() {
  const auto* phase = "command";
  const auto at = Come::laid_out;
  return {
      ends_in("a job that is sound", phase, "DONE", at, worked_on([](json&) {})),
      refused("a job for another configuration", phase, Code::RUN_CONFIG_DIGEST_MISMATCH, at,
              worked_on([](json& job) { job["run_config_digest"] = std::string(64, '0'); })),
      refused("a job that asks for a command that is none", phase, Code::REQUEST_COMMAND_UNSUPPORTED, at,
              worked_on([](json& job) { job["command"] = "promote"; })),
  };
}

}  // namespace mf::factory
