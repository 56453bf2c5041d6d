// Times event appends, and fills a store with many runs.
//
//     bench_ledger append STORE COUNT     microseconds of each append on this file system, one a line
//     bench_ledger fill STORE COUNT       COUNT runs, most of them published, a few elsewhere
//
// The runs are made by the ledger's own code, in memory; their files are then written without waiting for the disk,
// which a store never does: so that ten thousand runs take a minute.

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "mf/identity/digest.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/ledger/submission.hpp"

namespace {

using mf::ledger::Claim;
using mf::ledger::Detail;
using mf::ledger::Event;
using mf::ledger::RunLog;
using mf::store::ArtifactStore;

/// Tells the time in steps of a second, so that the runs come one after the other.
class SteppingClock : public mf::Clock {
 public:
  explicit SteppingClock(std::int64_t run) : run_(run) {}
  [[nodiscard]] mf::UtcTime now() const override {
    constexpr std::int64_t kSecondsBetweenRuns = 60;
    return {(1'770'000'000 + run_ * kSecondsBetweenRuns) * mf::kMicrosecondsPerSecond + ++calls_ * 1'001};
  }

 private:
  std::int64_t run_;
  mutable std::int64_t calls_ = 0;
};

mf::contracts::TrainBuildRequest request_of(std::int64_t number) {
  mf::contracts::TrainBuildRequest request;
  request.schema_version = "learning.mf_train_build_request.v0";
  request.request_id = "bench-request-" + std::to_string(number);
  request.intent_kind = number % 5 == 0 ? "backfill_retrain" : "baseline_train";
  request.platform_run_id = "platform_202605" + std::to_string(10 + number % 20) + "T000000Z";
  request.dataset_manifest_refs = {request.platform_run_id +
                                   "/ofs/manifests/dm_cards.json@sha256:" + std::string(64, 'a')};
  request.training_config_ref = "profiles/training.yaml";
  request.governance_profile_ref = "profiles/governance.yaml";
  request.requester_principal = "SYSTEM::bench";
  request.target_scope = {"local", "fraud", "primary", {}};
  request.policy_revision = "r1";
  request.config_revision = "c" + std::to_string(number);
  request.mf_code_release_id = "bench";
  request.publish_allowed = true;
  return request;
}

/// A detail that names an artifact, as the stages record them.
Detail artifact(const RunLog& log, const std::string& name) {
  const std::string ref = log.place().platform_run_id + "/mf/train_runs/" + log.place().run_key + "/" + name + ".json";
  return {{name + "_ref", ref}, {name + "_sha256", mf::identity::sha256_hex(ref)}};
}

Detail failure(const std::string& stage, const std::string& code) {
  return {{"stage", stage},
          {"code", code},
          {"class", "HARD"},
          {"message", "what was wrong this time"},
          {"hint", "the fix"}};
}

/// The phases of a run up to the gate, each under a claim of its own, as `mf run` does them.
void run_to_gate(RunLog& log) {
  {
    Claim claim(log);
    claim.append(Event::stage_started, {{"stage", "RESOLVE"}});
    claim.append(Event::plan_locked, artifact(log, "plan"));
  }
  {
    Claim claim(log);
    claim.append(Event::run_started, {{"execution_mode", "FULL"}});
    claim.append(Event::stage_started, {{"stage", "TRAIN"}});
    claim.append(Event::model_trained, artifact(log, "model"));
  }
  Claim claim(log);
  claim.append(Event::stage_started, {{"stage", "EVAL"}});
  claim.append(Event::eval_ready, artifact(log, "eval_report"));
}

/// Ends the run as the factory does: the class beside the state, and the seal.
void end(Claim& claim, Event event, const char* terminal_class, Detail detail) {
  detail["terminal_class"] = terminal_class;
  claim.append(event, detail);
  claim.seal();
}

void judge_and_publish(RunLog& log, std::int64_t number) {
  {
    Claim claim(log);
    if (number % 20 == 1) {
      end(claim, Event::run_failed, "FAILED_GATES", failure("gate", "GATE_FAIL"));
      return;
    }
    claim.append(Event::gate_pass, artifact(log, "gate_receipt"));
  }
  Claim claim(log);
  claim.append(Event::bundle_packaged, artifact(log, "bundle_manifest"));
  if (number % 20 == 2)
    claim.append(Event::publish_pending, failure("publish", "REGISTRY_UNAVAILABLE"));
  else
    end(claim, Event::bundle_published, "PUBLISHED", artifact(log, "handshake_receipt"));
}

void make_run(ArtifactStore& store, std::int64_t number) {
  const SteppingClock clock(number);
  RunLog log(store, clock, mf::ledger::submit(store, clock, request_of(number)).place);
  if (number % 20 == 3) return;
  run_to_gate(log);
  judge_and_publish(log, number);
}

void write_out(const ArtifactStore& store, const std::string& prefix, const std::filesystem::path& root) {
  for (const auto& key : store.list(prefix)) {
    std::filesystem::create_directories((root / key).parent_path());
    std::ofstream(root / key, std::ios::binary) << store.find(key).value();
  }
}

void write_runs(const std::filesystem::path& root, std::int64_t from, std::int64_t to, std::int64_t step) {
  for (std::int64_t number = from; number < to; number += step) {
    const auto store = mf::store::open_memory();
    make_run(*store, number);
    write_out(*store, "mf", root);
    write_out(*store, request_of(number).platform_run_id, root);
  }
}

int fill(const std::string& root, std::int64_t count) {
  const auto hands = static_cast<std::int64_t>(std::max(1U, std::thread::hardware_concurrency()));
  std::vector<std::jthread> threads;
  for (std::int64_t i = 0; i < hands; ++i) threads.emplace_back([=] { write_runs(root, i, count, hands); });
  return 0;
}

/// Appends under a claim, as every stage does, to logs of ordinary length.
int append(const std::string& root, std::int64_t count) {
  constexpr std::int64_t kEventsOfARun = 20;
  const auto store = mf::store::open_filesystem(root);
  const mf::SystemClock clock;
  for (std::int64_t number = 0; number * kEventsOfARun < count; ++number) {
    RunLog log(*store, clock, mf::ledger::submit(*store, clock, request_of(number)).place);
    Claim claim(log);
    for (std::int64_t i = 0; i < kEventsOfARun; ++i) {
      const auto before = std::chrono::steady_clock::now();
      claim.append(Event::stage_started, {{"stage", "RESOLVE"}});
      const auto spent = std::chrono::steady_clock::now() - before;
      std::printf("%lld\n",
                  static_cast<long long>(std::chrono::duration_cast<std::chrono::microseconds>(spent).count()));
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc == 4 ? argv[1] : "";
  if (what == "append") return append(argv[2], std::stoll(argv[3]));
  if (what == "fill") return fill(argv[2], std::stoll(argv[3]));
  std::fprintf(stderr, "usage: bench_ledger append|fill STORE COUNT\n");
  return 64;
}
