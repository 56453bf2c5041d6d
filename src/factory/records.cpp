#include "factory/records.hpp"

namespace mf::factory {

const ledger::Recorded& require_recorded(const ledger::RunState& state, const RecordKind& kind,
                                         const std::string& run) {
  if (const auto* found = state.find(kind.name)) return *found;
  throw Error(Code::STAGE_MISSING, "run " + run + " has no " + kind.name + " yet",
              {{"run", run}, {"missing", kind.name}},
              std::string("Run `") + kind.made_by + " --run " + run + "` first.");
}

std::string recorded_bytes(const store::ArtifactStore& store, const ledger::RunState& state, const RecordKind& kind,
                           const std::string& run) {
  const auto& record = require_recorded(state, kind, run);
  auto bytes = store.find(record.ref, store::ArtifactStore::kArtifactLimit);
  if (!bytes) throw Error(kind.missing, record.ref + " is not there", {{"run", run}, {"ref", record.ref}});
  const std::string observed = identity::sha256_hex(*bytes);
  if (observed != record.sha256)
    throw Error(kind.changed, record.ref + " has changed since it was recorded",
                {{"run", run}, {"ref", record.ref}, {"expected", record.sha256}, {"observed", observed}});
  return std::move(*bytes);
}

void refuse_drift(Code changed, const std::string& key) {
  throw Error(changed, key + " is there already and says something else", {{"ref", key}});
}

void keep_bytes(store::ArtifactStore& store, const std::string& key, std::string_view bytes, const RecordKind& kind) {
  if (store.put_if_absent(key, bytes) == store::ArtifactStore::Put::conflict) refuse_drift(kind.changed, key);
}

void vouch(ledger::Detail& detail, const RecordKind& kind, const std::string& ref, const std::string& sha256) {
  detail[std::string(kind.name) + "_ref"] = ref;
  detail[std::string(kind.name) + "_sha256"] = sha256;
}

}  // namespace mf::factory
