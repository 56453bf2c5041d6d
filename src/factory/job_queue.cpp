#include "factory/job_queue.hpp"

#include <algorithm>
#include <set>

#include "factory/run_scope.hpp"
#include "mf/error.hpp"
#include "mf/identity/ref.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

namespace layout = store::layout;

constexpr std::string_view kJobEnding = ".json";
constexpr std::string_view kScopeEnding = ".txt";

std::string without_ending(const std::string& name, std::string_view ending) {
  return name.ends_with(ending) ? name.substr(0, name.size() - ending.size()) : "";
}

QueuedJob job_in_file(const std::string& platform_run_id, const std::string& name) {
  const std::string stem = without_ending(name, kJobEnding);
  if (is_job_id(stem)) return queued_job(platform_run_id, stem);
  return {platform_run_id, name, "", layout::job_requests(platform_run_id) + "/" + name};
}

std::vector<std::string> every_scope(const store::ArtifactStore& store) {
  std::vector<std::string> scopes;
  for (const auto& name : store.names_in(layout::job_scopes()))
    if (const auto scope = without_ending(name, kScopeEnding); identity::is_path_safe_id(scope))
      scopes.push_back(scope);
  return scopes;
}

void require_platform_run(const Workshop& workshop, const std::string& platform_run_id) {
  if (!identity::is_path_safe_id(platform_run_id))
    throw Error(Code::RUN_SCOPE_INVALID, "'" + platform_run_id.substr(0, 64) + "' cannot be a platform run", {},
                "A platform run is called by 1 to 128 characters out of A-Z a-z 0-9 _ . : -");
  require_in_scope(workshop, platform_run_id);
}

}  // namespace

bool is_job_id(const std::string& id) {
  constexpr std::size_t kFewest = 8;
  return id.size() >= kFewest && identity::is_path_safe_id(id);
}

QueuedJob queued_job(const std::string& platform_run_id, const std::string& request_id) {
  return {platform_run_id, request_id + std::string(kJobEnding), request_id,
          layout::job_request(platform_run_id, request_id)};
}

std::vector<QueuedJob> unanswered_jobs(const store::ArtifactStore& store, const std::string& platform_run_id) {
  const auto answered = store.names_in(layout::job_invocations(platform_run_id));
  std::vector<QueuedJob> jobs;
  for (const auto& name : store.names_in(layout::job_requests(platform_run_id)))
    if (!std::binary_search(answered.begin(), answered.end(), name)) jobs.push_back(job_in_file(platform_run_id, name));
  return jobs;
}

bool is_answered(const store::ArtifactStore& store, const QueuedJob& job) {
  return store.size_of(layout::job_invocation(job.platform_run_id, job.request_id)).has_value();
}

const std::string& require_job_scope(const Workshop& workshop) {
  const auto& required = workshop.profile.required_platform_run_id;
  if (required) return *required;
  throw Error(Code::PROFILE_INVALID, workshop.profile_path + ": /required_platform_run_id is missing; jobs need it",
              {{"document", workshop.profile_path}, {"pointer", "/required_platform_run_id"}},
              "Name the platform run whose jobs these are, or write `any`.");
}

std::vector<std::string> platform_runs_with_jobs(const Workshop& workshop, const std::vector<std::string>& wanted) {
  const std::string& required = require_job_scope(workshop);
  for (const auto& platform_run_id : wanted) require_platform_run(workshop, platform_run_id);
  const std::set<std::string> each(wanted.begin(), wanted.end());
  if (!each.empty()) return {each.begin(), each.end()};
  if (required != contracts::kAnyPlatformRun) return {required};
  return every_scope(*workshop.artifacts);
}

}  // namespace mf::factory
