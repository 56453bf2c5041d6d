#pragma once
// The bytes of what the ledger keeps.

#include <optional>
#include <string>

#include "mf/store/artifact_store.hpp"

namespace mf::ledger {

/// The record under `key`, or nothing if there is none. Throws LEDGER_INVALID for one that is too large to be a record.
std::optional<std::string> find_record(const store::ArtifactStore& store, const std::string& key);

}  // namespace mf::ledger
