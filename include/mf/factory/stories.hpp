#pragma once
// The stories of the corridor, one for each phase, and the whole of it.
//
// Room: factory.  request -> plan -> dataset -> model -> evaluation -> gate -> bundle -> publication.
// Every story may be told again: it finds what is recorded, checks it, and changes nothing. Each has four beats: read,
// do, keep, record; artifact before document before ledger event, so that a kill at any point is mended by the same
// command. All throw mf::Error; what they record before that, `mf status` shows.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mf/contracts/train_build_request.hpp"
#include "mf/factory/result.hpp"
#include "mf/factory/run_filter.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

/// Checks a request alone: no store, no files but the request itself. Outcome ACCEPTED.
Result validate_request(std::string_view bytes, const std::string& where);

/// Records the request and finds its run. Throws REQUEST_ID_PAYLOAD_MISMATCH and the codes of a bad request.
store::layout::RunPlace admit(Workshop& workshop, const contracts::TrainBuildRequest& request);

/// The run called `run_key`. Throws RUN_NOT_FOUND.
store::layout::RunPlace find_run(const Workshop& workshop, const std::string& run_key);

/// Phase resolve: locks every input by content in the plan. Outcome RESOLVED.
Result resolve(Workshop& workshop, const store::layout::RunPlace& run);

/// Phase train: rows -> guards -> split -> model. Outcome TRAINED, or ADOPTED when the plan has a candidate, whose
/// model is taken as it is. Throws STAGE_MISSING before resolve.
Result train(Workshop& workshop, const store::layout::RunPlace& run);

/// Phase eval: model file -> scored rows -> report. Outcome EVALUATED. Throws STAGE_MISSING before train.
Result evaluate(Workshop& workshop, const store::layout::RunPlace& run);

/// Phase gate: recomputes the verdict from the scored rows. Outcome PASS, FAIL or INCONCLUSIVE (exit status 1).
Result judge(Workshop& workshop, const store::layout::RunPlace& run);

/// Which runs are judged by another policy.
struct ReplayChoices {
  std::string policy_name;                    ///< of the governance profile, for messages: how its syntax is told, too
  std::string policy;                         ///< its bytes
  std::vector<store::layout::RunPlace> runs;  ///< each once; an empty platform_run_id is found out as verify does
  bool all = false;                           ///< every run of this store instead
};

/// Judges the kept evidence of runs by another governance profile: every figure is computed again from the scored rows.
/// Nothing is written. The table has a row for each run, those whose verdict would flip first: verdict recorded and
/// replayed, and the criterion that decides with its margin. A verdict flips when the model might be published by one
/// policy and not by the other. Outcome FLIPS (exit status 1) when one does; else INCOMPLETE, with the first failure,
/// when not every run with evidence could be judged; else NO_FLIPS, or NO_EVIDENCE when there was nothing to judge.
/// Throws GOVERNANCE_PROFILE_INVALID, and RUN_NOT_FOUND for a run that is named.
Result replay(Workshop& workshop, const ReplayChoices& choices);

/// Phase publish: bundle -> registry; a run that is pending is published again without training anything.
/// Outcome PUBLISHED, ALREADY_PUBLISHED, PUBLISH_PENDING (75) or PUBLISH_CONFLICT (73).
Result publish(Workshop& workshop, const store::layout::RunPlace& run);

/// Publishes again what is pending, and nothing else: a run without a pending publication is RETRY_NOT_PENDING, which
/// is recorded. Outcome as publish.
Result retry_publication(Workshop& workshop, const store::layout::RunPlace& run);

/// Who gives a run up, and why.
struct CancelOrder {
  std::string principal;  ///< SYSTEM::<service> or HUMAN::<id>
  std::string reason;
};

/// Throws USAGE unless the reason is one line of 1 to 1000 visible characters, and the principal is one.
void require_sound(const CancelOrder& order);

/// Records that the run is given up, and ends it if nobody is working on it. Outcome CANCELED; CANCEL_REQUESTED while
/// somebody works on it, who ends it at the next step; the run's state when the order came too late, which changes
/// nothing. Throws REGISTRY_UNAVAILABLE when the bundle may be in the registry, which does not answer.
Result cancel(Workshop& workshop, const store::layout::RunPlace& run, const CancelOrder& order);

/// The whole corridor, from wherever the run is. Outcome as publish, or FAIL or INCONCLUSIVE (1), or PASS when no
/// request allows publishing or the intent is candidate_eval, which never publishes.
Result whole_run(Workshop& workshop, const contracts::TrainBuildRequest& request);

/// Where a run is, who holds it, what failed last, what to do next. Outcome: the run's state.
Result status(Workshop& workshop, const store::layout::RunPlace& run);

/// Re-reads and re-hashes everything that `run` refers to, and with `inputs` everything that its plan locked. Nothing
/// is written. An empty `run.platform_run_id` is found out from the run's anchor or, when that is gone, from a request.
/// Outcome VERIFIED, or DIFFERENT (exit status 1) with the first difference as failure. Throws RUN_NOT_FOUND, and what
/// kept it from reading when it found no difference in all that it could read.
Result verify(Workshop& workshop, store::layout::RunPlace run, bool inputs);

/// The same for every run of this store.
Result verify_all(Workshop& workshop, bool inputs);

/// How a run is made again.
struct ReproduceChoices {
  std::optional<int> threads;  ///< the profile's, or the machine's, unless given
  std::string keep;            ///< a new or empty folder that keeps the rebuilt run; empty: nothing is kept
};

/// Makes `run` again from its locked plan, as far as it came, in a place of its own, and compares what comes out with
/// what was recorded, circumstance left out. Store and registry are only read. An empty `run.platform_run_id` is found
/// out as verify does. Outcome REPRODUCED, or DIFFERENT (exit status 1) with the first difference as failure. Throws
/// RUN_NOT_FOUND, STAGE_MISSING or what ended the run before it had a model, DESTINATION_NOT_EMPTY, and what reading
/// the evidence, the inputs and the stories throw.
Result reproduce(Workshop& workshop, store::layout::RunPlace run, const ReproduceChoices& choices);

/// The runs of this store that fit `filter`, newest change first; unreadable ones, which are no failure, before them.
/// Outcome RUNS, with a table, or NO_RUNS.
Result list_runs(Workshop& workshop, const RunFilter& filter);

}  // namespace mf::factory
