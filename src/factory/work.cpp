#include <deque>

#include "factory/job_status.hpp"
#include "factory/one_job.hpp"
#include "mf/error.hpp"
#include "mf/factory/export_signals.hpp"
#include "mf/factory/jobs.hpp"

namespace mf::factory {
namespace {

constexpr std::int64_t kMostPassedOver = 100;  ///< that others work on

/// One call of the worker: what it saw, and how it went.
class Batch {
 public:
  Batch(Workshop& workshop, std::int64_t limit) : workshop_(workshop), limit_(limit) {}

  void look_at(const QueuedJob& job) {
    ++seen_;
    if (is_full()) {
      ++left_;
    } else if (job.request_id.empty()) {
      count(refuse_name(job));
    } else if (const auto tried = try_next(job)) {
      count(*tried);
    }
  }

  void cannot_list(const std::string& platform_run, const Error& error) {
    add_row({"", platform_run, "", std::string(name_of(JobStatus::failed)), "", std::string(error.row().name)});
    warn_of("the jobs of platform run " + platform_run + " cannot be listed", error);
  }

  [[nodiscard]] Result result() const {
    Result result;
    result.outcome = waits_for_ ? kWaiting : table_.rows.empty() ? "NOTHING_TO_DO" : "WORKED";
    result.exit_status = waits_for_ ? waits_for_->row().exit_status : failed_ > 0 ? 1 : 0;
    result.failure = waits_for_;
    result.figures = {
        {"jobs_seen", seen_}, {"answered", answered_}, {"failed", failed_}, {"waiting", waiting_}, {"left", left_}};
    result.table = table_;
    if (left_ > 0) result.lines.push_back("left for the next call: " + std::to_string(left_));
    if (seen_ == 0) result.lines.emplace_back("no job is without an answer");
    result.next = left_ + waiting_ > 0 ? "mf work --once" : retry_.empty() ? explained_ : retry_;
    return result;
  }

 private:
  [[nodiscard]] bool is_full() const { return stopped_ || worked_on_ >= limit_ || passed_over_ >= kMostPassedOver; }

  std::optional<TriedJob> try_next(const QueuedJob& job) {
    workshop_.journal.say("job " + job.request_id + " of platform run " + job.platform_run_id);
    // What one job has read is of no use to the next one, and takes room.
    workshop_.prepared = nullptr;
    return try_job(workshop_, job);
  }

  void count(const TriedJob& tried) {
    const auto& job = tried.job;
    add_row({job.request_id.empty() ? job.name : job.request_id, job.platform_run_id, tried.command, tried.status,
             tried.run_key, tried.error ? std::string(tried.error->row().name) : ""});
    if (tried.has_receipt)
      count_answer(tried);
    else if (tried.error->row().transient())
      wait_for(*tried.error);
    else
      tell_unanswerable(*tried.error);
  }

  void add_row(std::vector<Figure> row) { table_.rows.push_back(std::move(row)); }

  void count_answer(const TriedJob& tried) {
    ++answered_;
    ++worked_on_;
    if (tried.status == name_of(JobStatus::gate_fail)) ++failed_;
    if (tried.status == name_of(JobStatus::failed)) warn_of("job " + tried.job.request_id, *tried.error);
    if (tried.status == name_of(JobStatus::publish_pending) && retry_.empty())
      retry_ = "mf enqueue publish-retry --run " + tried.run_key;
  }

  /// A job that another process works on has cost little: another one is tried in its place.
  void wait_for(const Error& error) {
    ++waiting_;
    ++(error.code() == Code::LEASE_HELD ? passed_over_ : worked_on_);
    if (error.code() == Code::INTERRUPTED) stopped_ = true;
    if (!waits_for_) waits_for_ = error;
  }

  /// What stands in the way of one answer is told. A store that takes no answer at all is no fault of the job.
  void tell_unanswerable(const Error& error) {
    if (error.row().category == "STORE") throw Error(error);
    warn_of("a job that cannot be answered", error);
  }

  /// Nor does what cannot be answered take a place in the batch: it stays where it is, and would fill every one.
  void warn_of(const std::string& what, const Error& error) {
    ++failed_;
    const std::string code(error.row().name);
    if (explained_.empty()) explained_ = "mf explain " + code;
    workshop_.journal.warn(what + ": " + error.message(), {{"code", code}});
  }

  Workshop& workshop_;
  std::int64_t limit_;
  std::int64_t seen_ = 0, worked_on_ = 0, passed_over_ = 0, answered_ = 0, failed_ = 0, waiting_ = 0, left_ = 0;
  bool stopped_ = false;
  std::optional<Error> waits_for_;  ///< the first reason
  std::string retry_, explained_;   ///< what to do about the first job that is pending, or failed
  Table table_{{"request_id", "platform_run", "command", "status", "run", "code"}, {}};
};

/// Where there are `others`, a platform run whose folder is damaged keeps none of them from its turn.
std::vector<QueuedJob> jobs_of(const Workshop& workshop, const std::string& platform_run, bool others, Batch& batch) {
  try {
    return unanswered_jobs(*workshop.artifacts, platform_run);
  } catch (const Error& error) {
    if (!others || error.row().transient()) throw;
    batch.cannot_list(platform_run, error);
    return {};
  }
}

const contracts::PlatformProfile::Launcher& require_launcher(const Workshop& workshop) {
  if (workshop.profile.launcher) return *workshop.profile.launcher;
  throw Error(Code::PROFILE_INVALID, workshop.profile_path + ": /launcher is missing; a worker needs it",
              {{"document", workshop.profile_path}, {"pointer", "/launcher"}});
}

}  // namespace

void require_sensible(const WorkChoices& choices) {
  if (choices.limit && *choices.limit < 1)
    throw Error(Code::USAGE, "--limit must be at least 1", {}, "Leave --limit out to take what the profile says.");
}

Result work(Workshop& workshop, const WorkChoices& choices) {
  const auto platform_runs = platform_runs_with_jobs(workshop, choices.platform_run_ids);
  const auto& launcher = require_launcher(workshop);
  std::deque<SignalsAtEnd> signals;
  for (const auto& platform_run : platform_runs) signals.emplace_back(workshop, platform_run);
  Batch batch(workshop, choices.limit.value_or(launcher.request_batch_limit));
  for (const auto& platform_run : platform_runs)
    for (const auto& job : jobs_of(workshop, platform_run, platform_runs.size() > 1, batch)) batch.look_at(job);
  return batch.result();
}

}  // namespace mf::factory
