#include <nlohmann/json.hpp>

#include "factory/negative_matrix.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* kPhase = "publication";

/// Where the bundle of the published run of `place` lies in the registry, and its lifecycle event.
std::string in_registry(const NegativePlace& place, std::string_view member) {
  const auto facts = place.state().facts;
  return "registry/" +
         store::layout::registry::bundle_member(facts.at("bundle_id"), facts.at("bundle_version"), member);
}

std::string lifecycle_event(const NegativePlace& place) {
  const auto facts = place.state().facts;
  return "registry/" + store::layout::registry::published_event(facts.at("bundle_id"), facts.at("bundle_version"));
}

/// The run as it was before it published anything, in a registry that knows the bundle already.
void forget_publishing(const NegativePlace& place) {
  const auto end = place.state().sequence;
  std::int64_t last = 0;
  for (std::int64_t number = 1; number <= end && last == 0; ++number)
    if (json::parse(place.read(place.event(number))).at("event") == "GATE_PASS") last = number;
  for (std::int64_t number = last + 1; number <= end; ++number) place.remove(place.event(number));
  place.remove("store/" + store::layout::ledger_seal(place.run()));
  fs::remove_all(place.path("store/" + store::layout::run_folder(place.run()) + "/bundle"));
  fs::remove_all(place.path("store/" + store::layout::run_folder(place.run()) + "/publish"));
}

// The gate.

/// A policy that no model meets.
Result judged_too_weak(const NegativePlace& place) {
  place.edit(std::string("store/") + kMadeGovernanceProfile,
             [](json& profile) { profile["criteria"][0]["at_least"] = 0.9999999; });
  return place.whole_run();
}

Result published_although_too_weak(const NegativePlace& place) {
  static_cast<void>(judged_too_weak(place));
  return place.tell(publish);
}

Result judged_again(const NegativePlace& place) {
  const auto receipt = place.read(place.recorded(kGateReceipt));
  auto result = place.tell(judge);
  if (place.read(place.recorded(kGateReceipt)) != receipt) result.outcome = "DIVERGED";
  return result;
}

Result published_without_leave(const NegativePlace& place) {
  place.ask("publish_allowed", false);
  static_cast<void>(place.whole_run());
  return place.tell(publish);
}

// A registry that is away, for a while or for good.

Result published_to_nobody(const NegativePlace& place) {
  place.take_registry_away();
  return place.tell(publish);
}

Result published_late(const NegativePlace& place) {
  static_cast<void>(published_to_nobody(place));
  place.bring_registry_back();
  auto result = place.tell(retry_publication);
  if (place.times("TRAIN") != 1) result.outcome = "TRAINED_AGAIN";
  return result;
}

Result published_too_often(const NegativePlace& place) {
  place.wire("publish_retry_budget", 1);
  static_cast<void>(published_to_nobody(place));
  static_cast<void>(place.tell(publish));
  return place.tell(publish);
}

Result changed_while_it_waited(const NegativePlace& place) {
  static_cast<void>(published_to_nobody(place));
  place.bring_registry_back();
  place.change_one_digit("store/" + store::layout::bundle_member(place.run(), store::layout::kModelFile));
  return place.tell(publish);
}

// A publication that was cut off.

/// The bundle came, and its lifecycle event and MF's receipt did not: the next attempt makes all of it whole.
Result half_published(const NegativePlace& place) {
  const auto event = lifecycle_event(place);
  forget_publishing(place);
  place.remove(event);
  auto result = place.tell(publish);
  if (!fs::exists(place.path(event)) || place.times("TRAIN") != 1) result.outcome = "NOT_WHOLE";
  return result;
}

Result published_by_another_attempt(const NegativePlace& place) {
  forget_publishing(place);
  return place.tell(publish);
}

/// One member of many had come.
Result one_member_published(const NegativePlace& place) {
  const auto model = in_registry(place, store::layout::kModelFile);
  const auto bytes = place.read(model);
  forget_publishing(place);
  fs::remove_all(place.path("registry/registry"));
  place.write(model, bytes);
  auto result = place.tell(publish);
  if (place.read(model) != bytes) result.outcome = "REPLACED";
  return result;
}

// A registry that holds something else.

Result over_other_bytes(const NegativePlace& place) {
  const auto manifest = in_registry(place, store::layout::kBundleManifestFile);
  forget_publishing(place);
  place.change_one_digit(manifest);
  return place.tell(publish);
}

Result over_a_foreign_event(const NegativePlace& place) {
  const auto event = lifecycle_event(place);
  forget_publishing(place);
  place.edit(event, [](json& said) { said["registry_event_id"] = "reg_evt_other"; });
  return place.tell(publish);
}

Result published_bytes_changed(const NegativePlace& place) {
  place.change_one_digit(in_registry(place, store::layout::kModelFile));
  return place.tell(publish);
}

Result published_bytes_gone(const NegativePlace& place) {
  place.remove(in_registry(place, store::layout::kModelFile));
  return place.tell(publish);
}

Result receipt_changed(const NegativePlace& place) {
  place.change_one_digit(place.recorded(kPublishReceipt));
  return place.whole_run();
}

/// Again: nothing is written anywhere.
Result told_again(const NegativePlace& place, const std::function<Result()>& tell) {
  const auto events = place.state().sequence;
  const auto receipt = place.read(place.recorded(kPublishReceipt));
  auto result = tell();
  if (place.state().sequence != events || place.read(place.recorded(kPublishReceipt)) != receipt)
    result.outcome = "DIVERGED";
  return result;
}

std::vector<NegativeCase> verdicts() {
  return {
      ends_in("judging again", "gate", "PASS", Come::judged, judged_again),
      ends_in("a model below its policy", "gate", "FAIL", Come::laid_out, judged_too_weak),
      refused("publishing a model below its policy", "gate", Code::PUBLISH_NOT_ELIGIBLE, Come::laid_out,
              published_although_too_weak),
      refused("publishing without leave", "gate", Code::PUBLISH_NOT_ALLOWED, Come::laid_out, published_without_leave),
  };
}

std::vector<NegativeCase> interruptions() {
  return {
      refused("a registry that is away", kPhase, Code::REGISTRY_UNAVAILABLE, Come::judged, published_to_nobody),
      ends_in("a registry that came back", kPhase, "PUBLISHED", Come::judged, published_late),
      refused("a registry that stays away", kPhase, Code::PUBLISH_RETRY_EXHAUSTED, Come::judged, published_too_often),
      refused("a packed bundle that changed while it waited", kPhase, Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION,
              Come::judged, changed_while_it_waited),
      ends_in("a publication cut off after its first member", kPhase, "PUBLISHED", Come::published,
              one_member_published),
      ends_in("a publication cut off before its lifecycle event", kPhase, "ALREADY_PUBLISHED", Come::published,
              half_published),
      ends_in("a publication cut off before its receipt", kPhase, "ALREADY_PUBLISHED", Come::published,
              published_by_another_attempt),
  };
}

std::vector<NegativeCase> conflicts() {
  const auto from = Come::published;
  return {
      refused("a registry that holds other bytes under the bundle's name", kPhase, Code::PUBLISH_CONFLICT, from,
              over_other_bytes),
      refused("a registry that holds another lifecycle event", kPhase, Code::REGISTRY_EVENT_IMMUTABILITY_VIOLATION,
              from, over_a_foreign_event),
      refused("a published file that was changed", kPhase, Code::PUBLISH_CONFLICT, from, published_bytes_changed),
      refused("a published file that was taken away", kPhase, Code::EVIDENCE_UNRESOLVED, from, published_bytes_gone),
      refused("a publish receipt that was changed", kPhase, Code::PUBLISH_RECEIPT_IMMUTABILITY_VIOLATION, from,
              receipt_changed),
      ends_in("publishing again", kPhase, "ALREADY_PUBLISHED", from,
              [](const auto& place) { return told_again(place, [&] { return place.tell(publish); }); }),
      ends_in("the whole run again", kPhase, "ALREADY_PUBLISHED", from,
              [](const auto& place) { return told_again(place, [&] { return place.whole_run(); }); }),
  };
}

}  // namespace

std::vector<NegativeCase> negative_publication() {
  auto cases = verdicts();
  for (auto& more : interruptions()) cases.push_back(std::move(more));
  for (auto& more : conflicts()) cases.push_back(std::move(more));
  return cases;
}

}  // namespace mf::factory
