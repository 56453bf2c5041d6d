#include "factory/stage.hpp"

#include "factory/budgets.hpp"
#include "factory/cancellation.hpp"
#include "factory/evidence_audit.hpp"
#include "factory/run_scope.hpp"
#include "factory/stage_store.hpp"
#include "mf/contracts/train_build_request.hpp"

namespace mf::factory {
namespace {

/// The rows are pinned by content: what is wrong with them will be wrong at every retry.
std::optional<ledger::TerminalClass> end_by(const Error& error, const ledger::RunState& state) {
  using ledger::TerminalClass;
  const std::string_view category = error.row().category;
  if (error.code() == Code::RUN_CANCELED) return TerminalClass::canceled;
  if (state.find("plan") == nullptr) return {};
  if (error.code() == Code::PUBLISH_CONFLICT) return TerminalClass::failed_conflict;
  if (category == "DATA" || category == "POLICY") return TerminalClass::rejected_inputs;
  return {};
}

void record(const Stage& stage, const Error& error, const std::string& name) {
  if (error.code() == Code::LEASE_LOST || error.code() == Code::STAGE_MISSING) return;
  try {
    const auto state = stage.claim.read();
    if (state.is_over()) return;
    if (const auto end = end_by(error, state))
      end_run(stage, ledger::Event::run_failed, *end, detail_of(error, name));
    else
      stage.claim.append(ledger::Event::stage_failed, detail_of(error, name));
  } catch (const Error&) {
    // The first failure is the one worth telling, also when the ledger cannot be reached to keep it.
  }
}

/// What never gets done, however often it is begun, must not be begun for ever by whoever launches it.
void require_attempts_left(const Workshop& workshop, const ledger::RunState& state, const std::string& run,
                           const Phase& phase) {
  // A pending publication has a budget of its own.
  if (phase.stage.empty() || state.state == ledger::State::publish_pending) return;
  const std::int64_t budget = stage_retry_budget(workshop.profile);
  const auto begun = state.attempts.find(phase.stage);
  if (begun == state.attempts.end() || begun->second < budget) return;
  throw Error(Code::RETRY_EXHAUSTED,
              phase.stage + " of run " + run + " was begun " + std::to_string(begun->second) +
                  " times and never finished; stage_retry_budget is " + std::to_string(budget) +
                  (state.failure ? "; last failure: " + state.failure->code + ", " + state.failure->message : ""),
              {{"run", run}, {"stage", phase.stage}});
}

/// From here to its end, a signal asks the stage to stop instead of ending the process.
class Heeding {
 public:
  explicit Heeding(StopRequest* stop) : stop_(stop) {
    if (stop_ != nullptr) stop_->heeded = true;
  }
  ~Heeding() {
    if (stop_ != nullptr) stop_->heeded = false;
  }
  Heeding(const Heeding&) = delete;
  Heeding& operator=(const Heeding&) = delete;

 private:
  StopRequest* stop_;
};

}  // namespace

void Stage::stop_if_asked() const {
  factory::stop_if_asked(workshop.stop);
  claim.require_wanted();
}

void end_run(const Stage& stage, ledger::Event event, ledger::TerminalClass end, ledger::Detail detail) {
  detail["terminal_class"] = name_of(end);
  stage.claim.append(event, detail);
  stage.claim.seal();
}

void Stage::begin(const std::string& name) const { claim.append(ledger::Event::stage_started, {{"stage", name}}); }

ledger::Detail detail_of(const Error& error, const std::string& stage) {
  ledger::Detail detail{{"stage", stage},
                        {"code", std::string(error.row().name)},
                        {"class", std::string(error.row().klass)},
                        {"message", error.message()},
                        {"hint", error.hint()}};
  for (const auto& [name, value] : error.context()) detail["context_" + name] = value;
  return detail;
}

void rethrow_recorded_end(const ledger::RunState& state, const std::string& run) {
  if (state.state != ledger::State::fail || !state.failure || state.failure->code == kGateFail) return;
  const auto* row = find_code(state.failure->code);
  if (row == nullptr) throw Error(Code::LEDGER_INVALID, "run " + run + " ended with an unknown code", {{"run", run}});
  throw Error(row->code, state.failure->message, state.failure->context, state.failure->hint);
}

void require_known(const ledger::RunState& state, const std::string& run) {
  if (state.state == ledger::State::none)
    throw Error(Code::RUN_NOT_FOUND, "run " + run + " was never recorded", {{"run", run}});
}

Result staged(Workshop& workshop, const store::layout::RunPlace& run, const Phase& phase) {
  require_in_scope(workshop, run.platform_run_id);
  if (workshop.audit) workshop.audit->begin(run.platform_run_id);
  ledger::RunLog log(*workshop.artifacts, workshop.clock, run);
  const auto before = log.read();
  require_known(before, run.run_key);
  // A kill right after the last event leaves a log without its seal.
  if (before.is_over()) log.seal();
  rethrow_recorded_end(before, run.run_key);
  if (auto done = phase.recall({workshop, run}, before)) return *done;

  require_attempts_left(workshop, before, run.run_key, phase);
  stop_if_asked(workshop.stop);
  const Heeding heeding(workshop.stop);
  ledger::Claim claim(log, {.by = attribution_of(workshop), .annotate = [&](ledger::Detail& detail) {
                              if (workshop.audit) tell(detail, workshop.audit->take());
                            }});
  StageStore claimed(*workshop.artifacts, claim, workshop.stop);
  const Stage stage{{workshop, run}, claim, claimed};
  try {
    // Somebody else may have done it before this process got the claim.
    const auto state = claim.read();
    if (auto done = phase.recall(stage, state)) return *done;
    heed_cancellation(stage, state);
    return phase.work(stage, state);
  } catch (const Error& error) {
    record(stage, error, phase.name);
    throw;
  } catch (const std::bad_alloc&) {
    const Error error(Code::OUT_OF_MEMORY, "there was not enough memory to " + phase.name);
    record(stage, error, phase.name);
    throw Error(error);
  }
}

Result result_of(const ledger::RunState& state, const store::layout::RunPlace& run, const std::string& outcome) {
  Result result;
  result.outcome = outcome;
  result.run = run.run_key;
  result.identity = contracts::identity_of(contracts::read_recorded_request(state.request));
  return result;
}

}  // namespace mf::factory
