#include "factory/stage.hpp"

#include "factory/stage_store.hpp"
#include "mf/contracts/train_build_request.hpp"

namespace mf::factory {
namespace {

constexpr const char* kGateFail = "GATE_FAIL";

/// The rows are pinned by content: what is wrong with them will be wrong at every retry.
bool ends_the_run(const Error& error, const ledger::RunState& state) {
  const std::string_view category = error.row().category;
  return state.find("plan") != nullptr &&
         (category == "DATA" || category == "POLICY" || error.code() == Code::PUBLISH_CONFLICT);
}

void record(ledger::Claim& claim, const Error& error, const std::string& name) {
  if (error.code() == Code::LEASE_LOST || error.code() == Code::STAGE_MISSING) return;
  try {
    const auto state = claim.read();
    if (state.is_over()) return;
    const auto event = ends_the_run(error, state) ? ledger::Event::run_failed : ledger::Event::stage_failed;
    claim.append(event, detail_of(error, name));
  } catch (const Error&) {
    // The first failure is the one worth telling, also when the ledger cannot be reached to keep it.
  }
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

void Stage::stop_if_asked() const { factory::stop_if_asked(workshop.stop); }

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
  ledger::RunLog log(*workshop.artifacts, workshop.clock, run);
  const auto before = log.read();
  require_known(before, run.run_key);
  rethrow_recorded_end(before, run.run_key);
  if (auto done = phase.recall({workshop, run}, before)) return *done;

  stop_if_asked(workshop.stop);
  const Heeding heeding(workshop.stop);
  ledger::Claim claim(log);
  StageStore claimed(*workshop.artifacts, claim, workshop.stop);
  const Stage stage{{workshop, run}, claim, claimed};
  try {
    // Somebody else may have done it before this process got the claim.
    const auto state = claim.read();
    if (auto done = phase.recall(stage, state)) return *done;
    return phase.work(stage, state);
  } catch (const Error& error) {
    record(claim, error, phase.name);
    throw;
  } catch (const std::bad_alloc&) {
    const Error error(Code::OUT_OF_MEMORY, "there was not enough memory to " + phase.name);
    record(claim, error, phase.name);
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
