#pragma once
// A workshop around a store in memory, for stories that need no place on disk.

#include "mf/factory/workshop.hpp"
#include "mf/observability/journal.hpp"

namespace mf::testing {

/// `clock` and `journal` must outlive it.
inline factory::Workshop workshop_in_memory(const Clock& clock, observability::Journal& journal) {
  return {.profile = {},
          .profile_path = "mf.yaml",
          .run_config_digest = {},
          .threads = 1,
          .artifacts = store::open_memory(),
          .scratch_folder = {},
          .registry_root = "registry",
          .clock = clock,
          .journal = journal,
          .prepared = nullptr,
          .cache = {},
          .stop = nullptr};
}

}  // namespace mf::testing
