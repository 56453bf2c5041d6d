#include "mf/ledger/attribution.hpp"

namespace mf::ledger {

void attribute(Detail& detail, const Attribution& by) {
  if (by.actor_id.empty()) return;
  detail["actor_id"] = by.actor_id;
  detail["actor_source_type"] = by.source_type;
  detail["service_release_id"] = by.service_release_id;
  detail["environment"] = by.environment;
  detail["run_config_digest"] = by.run_config_digest;
}

}  // namespace mf::ledger
