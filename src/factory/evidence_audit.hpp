#pragma once
// Who resolved which protected ref, why, and how that ended.

#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mf/contracts/platform_profile.hpp"
#include "mf/ledger/run_state.hpp"

namespace mf::factory {

/// One resolution of a protected ref; never what was read.
struct EvidenceResolution {
  std::string ref_id, purpose;
  std::string reason_code;  ///< why it was denied; empty: it was resolved
};

/// Judges and keeps the resolutions of one process, as what it was that was read: a manifest, a plan, a report. What is
/// resolved outside of a stage, by looking, is handed on at once: it stands in no log. Safe from several threads.
class EvidenceAudit {
 public:
  using Onlooker = std::function<void(const EvidenceResolution&)>;

  EvidenceAudit(std::string actor_id, std::optional<contracts::PlatformProfile::EvidenceRefs> rules,
                Onlooker onlooker = {})
      : actor_id_(std::move(actor_id)), rules_(std::move(rules)), onlooker_(std::move(onlooker)) {}

  /// From here on refs are resolved for a stage of a run of `platform_run_id`; each counts once a stage.
  void begin(const std::string& platform_run_id);

  /// Before `key` is read, which is the run's `field`. A denial is, in this order: REF_ACCESS_DENIED (the actor may
  /// not), REF_SCOPE_MISMATCH (the platform run of the stage is no segment of the key). Throws REF_ACCESS_DENIED for
  /// one where the rules are strict.
  void ask(const std::string& key, const std::string& field);

  /// After `key` was looked for.
  void answer(const std::string& key, const std::string& field, bool found);

  /// What was resolved since this was last called, in the order of the resolutions.
  std::vector<EvidenceResolution> take();

 private:
  [[nodiscard]] std::string denial_of(const std::string& key) const;
  void note(const std::string& key, const std::string& field, const std::string& reason_code);

  std::string actor_id_;
  std::optional<contracts::PlatformProfile::EvidenceRefs> rules_;
  Onlooker onlooker_;
  mutable std::mutex mutex_;
  std::string platform_run_id_;
  std::set<std::string> seen_;
  std::vector<EvidenceResolution> resolved_;
};

/// Adds `resolutions` to the detail of an event, as `evidence_refs`; nothing where there are none.
void tell(ledger::Detail& detail, const std::vector<EvidenceResolution>& resolutions);

}  // namespace mf::factory
