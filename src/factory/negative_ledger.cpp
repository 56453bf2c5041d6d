#include "factory/negative_matrix.hpp"

#include <csignal>
#include <nlohmann/json.hpp>

#include "mf/identity/digest.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;

constexpr const char* kPhase = "ledger";
constexpr Come kAt = Come::resolved;

Result of_an_unknown_run(const NegativePlace& place) {
  auto workshop = place.open();
  static_cast<void>(find_run(workshop, "tr_" + std::string(32, '0')));
  return {};
}

Result out_of_turn(const NegativePlace& place) { return place.tell(judge); }

Result with_a_changed_event(const NegativePlace& place) {
  place.change_one_digit(place.event(1));
  return place.tell(train);
}

Result without_an_event(const NegativePlace& place) {
  place.remove(place.event(2));
  return place.tell(train);
}

/// Somebody else is at work, and alive.
Result while_the_run_is_held(const NegativePlace& place) {
  const auto workshop = place.open();
  ledger::RunLog log(*workshop.artifacts, workshop.clock, place.run());
  const ledger::Claim claim(log);
  return place.tell(train);
}

/// Writes what another claimant writes when it takes the run over.
void take_over(const NegativePlace& place, const ledger::RunState& held) {
  contracts::LedgerEvent event;
  event.run_key = place.run().run_key;
  event.sequence = held.sequence + 1;
  event.event = name_of(ledger::Event::lease_claimed);
  event.at_utc = held.lease->since_utc;
  event.previous_sha256 = held.last_sha256;
  event.lease_token = std::string(32, '0');
  event.detail = {{"owner", held.lease->owner},
                  {"expires_at_utc", to_string(held.lease->expires)},
                  {"takeover_of", held.lease->owner}};
  place.write(place.event(event.sequence), contracts::write(event));
}

/// A claimant that was away too long goes on.
Result after_a_takeover(const NegativePlace& place) {
  const auto workshop = place.open();
  ledger::RunLog log(*workshop.artifacts, workshop.clock, place.run());
  ledger::Claim claim(log);
  take_over(place, claim.read());
  claim.append(ledger::Event::stage_started, {{"stage", "TRAIN"}});
  return {};
}

Result when_told_to_stop(const NegativePlace& place) {
  StopRequest stop;
  stop.signal = SIGTERM;
  return place.tell(train, &stop);
}

Result after_it_was_given_up(const NegativePlace& place) {
  auto workshop = place.open();
  static_cast<void>(cancel(workshop, place.run(), {"SYSTEM::mf_prove", "to see what becomes of it"}));
  return place.tell(train);
}

/// What never ends is not begun for ever.
Result begun_too_often(const NegativePlace& place) {
  place.wire("stage_retry_budget", 1);
  place.remove("store/" + store::layout::dataset_file(kMadePlatformRun, "dm_payments", "part-00000.csv"));
  try {
    static_cast<void>(place.tell(train));
  } catch (const Error&) {
    // The first attempt fails, as it has to.
  }
  return place.tell(train);
}

Result without_a_pending_publication(const NegativePlace& place) { return place.tell(retry_publication); }

/// The corridor, cut off after each phase, ends as one that was not.
Result whole_run_from_half_way(const NegativePlace& place) {
  auto result = place.whole_run();
  if (place.times("TRAIN") != 1) result.outcome = "TRAINED_AGAIN";
  return result;
}

}  // namespace

std::vector<NegativeCase> negative_ledger() {
  return {
      refused("a run that nobody asked for", kPhase, Code::RUN_NOT_FOUND, kAt, of_an_unknown_run),
      refused("a phase out of turn", kPhase, Code::STAGE_MISSING, kAt, out_of_turn),
      refused("an event that was changed", kPhase, Code::LEDGER_INVALID, kAt, with_a_changed_event),
      refused("an event that was taken away", kPhase, Code::LEDGER_INVALID, kAt, without_an_event),
      refused("a run that another claimant holds", kPhase, Code::LEASE_HELD, kAt, while_the_run_is_held),
      refused("a claimant that was replaced", kPhase, Code::LEASE_LOST, kAt, after_a_takeover),
      refused("a process that is told to stop", kPhase, Code::INTERRUPTED, kAt, when_told_to_stop),
      refused("a run that was given up", kPhase, Code::RUN_CANCELED, kAt, after_it_was_given_up),
      refused("a stage that never ends", kPhase, Code::RETRY_EXHAUSTED, kAt, begun_too_often),
      refused("publishing again what is not pending", kPhase, Code::RETRY_NOT_PENDING, Come::judged,
              without_a_pending_publication),
      ends_in("a run that goes on from half way", kPhase, "PUBLISHED", Come::trained, whole_run_from_half_way),
  };
}

}  // namespace mf::factory
