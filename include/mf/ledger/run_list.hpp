#pragma once
// The runs of a store, each in a few words.
//
// Room: ledger.

#include <cstdint>
#include <string>
#include <vector>

#include "mf/store/artifact_store.hpp"
#include "mf/store/local_cache.hpp"
#include "mf/time.hpp"

namespace mf::ledger {

/// The state of a run whose anchor or log cannot be read; NONE is one that was never recorded.
inline constexpr const char* kUnreadable = "UNREADABLE";

struct RunSummary {
  std::string run_key;
  std::string platform_run_id;
  std::string state;                        ///< a state's name, or UNREADABLE
  std::string since_utc;                    ///< when it came to this state
  std::string intent_kind;                  ///< of the first request
  std::vector<std::string> request_ids;     ///< each once, as they came
  std::string failure_stage, failure_code;  ///< of the failure recorded last, if it still stands
  std::int64_t events = 0;                  ///< in the log
  std::string fault;                        ///< what is wrong with an unreadable run
  bool operator==(const RunSummary&) const = default;
};

/// Every run of `store`, by run key. One damaged log makes one unreadable row, and no failure.
/// With a `cache`, what was read once is kept there and taken again for as long as the run's marks in the store stay
/// the same: nothing differs but the time. Without, with a lost cache, or a store without marks, every log is read.
/// Throws what is transient: STORE_UNAVAILABLE and its like.
std::vector<RunSummary> list_runs(store::ArtifactStore& store, const Clock& clock, const store::LocalCache* cache);

/// The name, in a cache, of what list_runs keeps of the store at `place`.
std::string runs_index_name(const std::string& place);

}  // namespace mf::ledger
