#pragma once
// How a request becomes a run, or joins one.
//
// Room: ledger.

#include <optional>
#include <string>

#include "mf/contracts/train_build_request.hpp"
#include "mf/ledger/attribution.hpp"
#include "mf/ledger/run_state.hpp"
#include "mf/store/artifact_store.hpp"
#include "mf/store/layout.hpp"
#include "mf/time.hpp"

namespace mf::ledger {

/// fresh: the first request for this run.  repeat: the same request again.  alias: another request (id, requester,
/// order of manifests, publish flag) with the same meaning; it joins the run, and is recorded.
enum class Submission { fresh, repeat, alias };

struct Submitted {
  Submission outcome;
  store::layout::RunPlace place;
  contracts::RequestIdentity identity;
  RunState state;
};

/// Records `request`, submitted by `by`, and finds its run. Running it again changes nothing.
/// Leaves behind: the alias of its request id, the anchor of its run, the run's first event or an alias event.
/// Throws REQUEST_ID_PAYLOAD_MISMATCH when its request id stands for another run.
Submitted submit(store::ArtifactStore& store, const Clock& clock, const contracts::TrainBuildRequest& request,
                 const Attribution& by = {});

/// Where the run `run_key` lives, or nothing when this store has no such run.
std::optional<store::layout::RunPlace> find_run(const store::ArtifactStore& store, const std::string& run_key);

}  // namespace mf::ledger
