#pragma once
// One job, from its file to its receipt.

#include <optional>
#include <string>

#include "factory/job_queue.hpp"
#include "mf/error.hpp"

namespace mf::factory {

/// How a job that was looked at came out.
struct TriedJob {
  QueuedJob job;
  std::string command;         ///< as it may be shown
  std::string status;          ///< of its receipt; where there is none, WAITING, or FAILED when one cannot be kept
  std::string run_key;         ///< empty where no run is known
  std::optional<Error> error;  ///< why it failed, is pending, or has no receipt
  bool has_receipt = false;
};

inline constexpr const char* kWaiting = "WAITING";

/// Reads `job`, does what it asks, and keeps its receipt. Nothing when it was answered by somebody else meanwhile.
/// Whatever the job does, it does to itself alone: nothing is thrown, unless there is no memory even to tell.
std::optional<TriedJob> try_job(Workshop& workshop, const QueuedJob& job);

/// The same of a file whose name no job can have.
TriedJob refuse_name(const QueuedJob& job);

}  // namespace mf::factory
