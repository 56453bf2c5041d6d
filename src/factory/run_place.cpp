#include "factory/run_place.hpp"

#include <optional>

#include "mf/contracts/document.hpp"
#include "mf/contracts/ledger_documents.hpp"
#include "mf/error.hpp"
#include "mf/ledger/submission.hpp"

namespace mf::factory {
namespace {

using store::layout::RunPlace;

bool has_log(const store::ArtifactStore& store, const RunPlace& place) {
  return !store.list(store::layout::ledger_events(place)).empty();
}

/// Anything else than an alias of this run leads nowhere.
std::optional<RunPlace> place_by_alias(const store::ArtifactStore& store, const std::string& key,
                                       const std::string& run_key) {
  try {
    const auto alias = contracts::read_json<contracts::RequestAlias>(store.find(key).value_or(""), key);
    const RunPlace place{alias.platform_run_id, run_key};
    if (alias.run_key == run_key && has_log(store, place)) return place;
  } catch (const Error& error) {
    if (error.row().transient()) throw;
  }
  return {};
}

std::optional<RunPlace> place_by_requests(const store::ArtifactStore& store, const std::string& run_key) {
  for (const auto& key : store.list(store::layout::request_aliases()))
    if (auto place = place_by_alias(store, key, run_key)) return place;
  return {};
}

}  // namespace

RunPlace locate_run(const store::ArtifactStore& store, const std::string& run_key) {
  std::optional<RunPlace> anchored;
  std::optional<Error> damage;
  try {
    anchored = ledger::find_run(store, run_key);
  } catch (const Error& error) {
    if (error.row().transient()) throw;
    damage = error;
  }
  if (anchored && has_log(store, *anchored)) return *anchored;
  if (const auto place = place_by_requests(store, run_key)) return *place;
  if (damage) throw Error(*damage);
  if (anchored) return *anchored;
  const std::string named = run_key.substr(0, 64);
  throw Error(Code::RUN_NOT_FOUND, "there is no run " + named + " in " + store.describe(), {{"run", named}});
}

}  // namespace mf::factory
