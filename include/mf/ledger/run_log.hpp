#pragma once
// The event log of one run.
//
// Room: ledger.  Event N is the document .../ledger/events/<N>.json; creating it is the compare-and-swap, so the log is
// safe for many processes on any store with put-if-absent. Nothing is ever rewritten.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/ledger_documents.hpp"
#include "mf/ledger/attribution.hpp"
#include "mf/ledger/run_state.hpp"
#include "mf/store/artifact_store.hpp"
#include "mf/store/layout.hpp"
#include "mf/time.hpp"

namespace mf::ledger {

constexpr std::int64_t kLeaseMicroseconds = 300 * kMicrosecondsPerSecond;  ///< how long a claim stands without renewal

/// How often a claimant renews its claim, and how often it looks whether the run was canceled.
struct Rhythm {
  std::chrono::milliseconds renew = std::chrono::minutes(2);
  std::chrono::milliseconds watch = std::chrono::seconds(5);
};

/// What a claimant adds to its events.
struct ClaimTerms {
  Rhythm rhythm = {};
  Attribution by = {};
  std::function<void(Detail&)> annotate = {};  ///< called for each event but renewals, just before it is written
};

/// Reads and writes the log of one run. Safe to use from several threads; `store` and `clock` must outlive it.
class RunLog {
 public:
  RunLog(store::ArtifactStore& store, const Clock& clock, store::layout::RunPlace place);
  ~RunLog();

  /// The state after the last event there is now. Throws LEDGER_INVALID when the log is damaged, or is not the one that
  /// was sealed.
  RunState read();

  /// Appends an event that needs no lease. When another process appends first, the state is read again and
  /// `still_wanted` decides whether to go on; without it the event is appended behind.
  template <class StillWanted>
  RunState append_while(Event event, const Detail& detail, StillWanted still_wanted) {
    while (still_wanted(read()))
      if (try_append(event, detail, {})) break;
    return read();
  }

  /// Appends an event under a lease. Throws LEASE_LOST when the token is not, or no longer, the one in force;
  /// RUN_CANCELED when the event would go on with a run that was given up; INTERNAL when it may not happen in the
  /// present state.
  RunState append_leased(Event event, const Detail& detail, const std::string& token);

  /// Throws LEASE_LOST when the token is not, or no longer, the one in force.
  void require_leased(const std::string& token);

  /// Throws RUN_CANCELED when the state last read says that the run was given up.
  void require_wanted();

  /// Seals the log of a run that has ended: from then on a log without its end is LEDGER_INVALID. Changes nothing when
  /// that is done already, or when the run goes on. Throws LEDGER_INVALID when another end is sealed.
  void seal();

  /// The events, in order.
  std::vector<contracts::LedgerEvent> events();

  [[nodiscard]] const store::layout::RunPlace& place() const;
  [[nodiscard]] const Clock& clock() const;

  /// Appends the event after the state last read. False when that place was taken meanwhile.
  bool try_append(Event event, const Detail& detail, const std::optional<std::string>& token);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The right to work on a run: one process at a time. Renews itself, and notices a cancellation, in the background;
/// given back when destroyed.
class Claim {
 public:
  /// Claims the run behind `log`; the claim says by whom. Throws LEASE_HELD when another live process has it; takes
  /// over at once when that process was of this host and is gone, and after expiry otherwise.
  explicit Claim(RunLog& log, ClaimTerms terms = {});
  ~Claim();
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

  /// Appends an event under this claim; throws as RunLog::append_leased.
  RunState append(Event event, const Detail& detail = {});

  /// Seals the log of a run that has ended, as RunLog::seal; who has lost the claim leaves that to the others.
  void seal();

  /// The state as this claim sees it.
  RunState read();

  /// Throws LEASE_LOST when another process has taken the run over.
  void require_held();

  /// Throws RUN_CANCELED when it was noticed that the run was given up. Reads nothing, so it costs nothing.
  void require_wanted();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mf::ledger
