#pragma once
// The store, or the registry, as a stage sees it: it ends when the stage has to end.

#include "mf/factory/stop_request.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/store/forwarding_store.hpp"

namespace mf::factory {

/// Throws INTERRUPTED when a stop was asked for; `stop` may be null.
void stop_if_asked(const StopRequest* stop);

/// Puts only while the claim holds: who was away too long, and was replaced, writes nothing any more (LEASE_LOST).
/// Neither puts nor reads on when a stop was asked for (INTERRUPTED), nor reads on for a run that was given up
/// (RUN_CANCELED). All it refers to must outlive it.
class StageStore : public store::ForwardingStore {
 public:
  StageStore(store::ArtifactStore& behind, ledger::Claim& claim, const StopRequest* stop)
      : ForwardingStore(behind), claim_(claim), stop_(stop) {}

  Put put_if_absent(const std::string& key, std::string_view bytes) override;
  Put copy_if_absent(const std::string& key, const store::RandomAccess& bytes) override;
  [[nodiscard]] std::unique_ptr<store::Source> open(const std::string& key) const override;
  [[nodiscard]] std::unique_ptr<store::RandomAccess> open_random(const std::string& key) const override;

 private:
  ledger::Claim& claim_;
  const StopRequest* stop_;
};

}  // namespace mf::factory
