#pragma once
// The frame of every story: claim the run, tell the story, record how it failed.

#include <functional>
#include <optional>
#include <string>

#include "mf/error.hpp"
#include "mf/factory/result.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/ledger/run_log.hpp"

namespace mf::factory {

/// The code under which a gate FAIL is recorded: a verdict, which the table of failures has no row for.
inline constexpr const char* kGateFail = "GATE_FAIL";

/// What a story reads with.
struct Desk {
  Workshop& workshop;
  const store::layout::RunPlace& run;

  [[nodiscard]] store::ArtifactStore& store() const { return *workshop.artifacts; }
  [[nodiscard]] std::string now() const { return to_string(workshop.clock.now()); }
};

/// What a story works with while it holds the run.
struct Stage : Desk {
  ledger::Claim& claim;
  store::ArtifactStore& claimed_store;

  /// What is put here is put under the claim.
  [[nodiscard]] store::ArtifactStore& store() const { return claimed_store; }

  /// Throws INTERRUPTED when the process was told to stop, RUN_CANCELED when the run was given up: for long work.
  void stop_if_asked() const;

  /// Records that `name` begins, with its attempt counted.
  void begin(const std::string& name) const;
};

/// A phase of the corridor.
struct Phase {
  std::string name;   ///< in failures: resolve, train, ...
  std::string stage;  ///< the one whose attempts are counted; empty where none is
  /// The answer of a phase that is done already, verified against the ledger; nothing when there is work to do.
  std::function<std::optional<Result>(const Desk&, const ledger::RunState&)> recall;
  /// The work, from what is recorded.
  std::function<Result(const Stage&, const ledger::RunState&)> work;
};

/// Answers from what is recorded, or claims `run` and works. A failure of the work is recorded before it is thrown on:
/// as the end of the run when it comes from the pinned rows themselves (the same rows will always fail), else as an
/// attempt that may be made again, as often as the profile's stage_retry_budget allows (RETRY_EXHAUSTED). A run that
/// has ended that way fails again at once, with what was recorded. A run that is to be canceled ends here
/// (RUN_CANCELED).
Result staged(Workshop& workshop, const store::layout::RunPlace& run, const Phase& phase);

/// A result that carries the run's name and identity.
Result result_of(const ledger::RunState& state, const store::layout::RunPlace& run, const std::string& outcome);

/// Throws the failure that ended the run, if one did; a FAIL of the gate is a verdict, not a failure.
void rethrow_recorded_end(const ledger::RunState& state, const std::string& run);

/// Throws RUN_NOT_FOUND when nothing is recorded of the run: its submission was cut off, or its log was taken away.
void require_known(const ledger::RunState& state, const std::string& run);

/// The details of an event that records `error`.
ledger::Detail detail_of(const Error& error, const std::string& stage);

/// Records how the run ended, and seals its log.
void end_run(const Stage& stage, ledger::Event event, ledger::TerminalClass end, ledger::Detail detail);

}  // namespace mf::factory
