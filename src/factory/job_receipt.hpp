#pragma once
// The receipt of a job: how it ended, written once.

#include <string>

#include "factory/job_answer.hpp"
#include "factory/job_queue.hpp"
#include "mf/contracts/job_documents.hpp"

namespace mf::factory {

/// A command as it may be shown: one that does not exist may be of any length, and hold anything; one that cannot be
/// told is UNKNOWN.
std::string shown_command(const std::string& command);

/// The receipt of `job`, which asks for `command` and was taken up at `started_at_utc`, with `answer`, by the worker of
/// this workshop, whose profile must have a launcher.
contracts::JobInvocationReceipt receipt_of(const Workshop& workshop, const QueuedJob& job, const std::string& command,
                                           const std::string& started_at_utc, const JobAnswer& answer);

/// Keeps the receipt. False when the job has one already, which stands. Throws as ArtifactStore::put_if_absent.
bool keep_receipt(Workshop& workshop, const contracts::JobInvocationReceipt& receipt);

}  // namespace mf::factory
