#include "factory/records.hpp"

#include <optional>

#include "factory/weighed.hpp"

namespace mf::factory {
namespace {

[[noreturn]] void refuse_missing(const RecordKind& kind, const ledger::Recorded& record, const std::string& run) {
  throw Error(kind.missing, record.ref + " is not there", {{"run", run}, {"ref", record.ref}});
}

void require_digest(const RecordKind& kind, const ledger::Recorded& record, const std::string& observed,
                    const std::string& run) {
  if (observed != record.sha256)
    throw Error(kind.changed, record.ref + " has changed since it was recorded",
                {{"run", run}, {"ref", record.ref}, {"expected", record.sha256}, {"observed", observed}});
}

std::unique_ptr<store::Source> open_recorded(const store::ArtifactStore& store, const ledger::Recorded& record,
                                             const RecordKind& kind, const std::string& run) {
  auto source = store.open(record.ref);
  if (!source) refuse_missing(kind, record, run);
  return source;
}

/// At most `limit` bytes: what is larger is not what was recorded.
std::string held(const store::ArtifactStore& store, const ledger::Recorded& record, const RecordKind& kind,
                 const std::string& run, std::size_t limit) {
  std::optional<std::string> bytes;
  try {
    bytes = kind.is_protected_ref ? store.find_protected(record.ref, kind.name, limit) : store.find(record.ref, limit);
  } catch (const Error& error) {
    if (error.code() != Code::DOCUMENT_INVALID) throw;
    throw Error(kind.changed, error.message(), {{"run", run}, {"ref", record.ref}});
  }
  if (!bytes) refuse_missing(kind, record, run);
  require_digest(kind, record, identity::sha256_hex(*bytes), run);
  return std::move(*bytes);
}

}  // namespace

const ledger::Recorded& require_recorded(const ledger::RunState& state, const RecordKind& kind,
                                         const std::string& run) {
  if (const auto* found = state.find(kind.name)) return *found;
  throw Error(Code::STAGE_MISSING, "run " + run + " has no " + kind.name + " yet",
              {{"run", run}, {"missing", kind.name}},
              std::string("Run `") + kind.made_by + " --run " + run + "` first.");
}

std::string recorded_bytes(const store::ArtifactStore& store, const ledger::RunState& state, const RecordKind& kind,
                           const std::string& run) {
  return recorded_bytes(store, require_recorded(state, kind, run), kind, run);
}

std::string recorded_bytes(const store::ArtifactStore& store, const ledger::Recorded& record, const RecordKind& kind,
                           const std::string& run) {
  return held(store, record, kind, run, store::ArtifactStore::kDocumentLimit);
}

std::string recorded_model(const store::ArtifactStore& store, const ledger::RunState& state, const std::string& run) {
  require_unchanged(store, state, kModel, run);
  return held(store, require_recorded(state, kModel, run), kModel, run, store::ArtifactStore::kArtifactLimit);
}

std::unique_ptr<store::Source> open_recorded(const store::ArtifactStore& store, const ledger::RunState& state,
                                             const RecordKind& kind, const std::string& run) {
  return open_recorded(store, require_recorded(state, kind, run), kind, run);
}

void require_unchanged(const store::ArtifactStore& store, const ledger::RunState& state, const RecordKind& kind,
                       const std::string& run) {
  static_cast<void>(require_unchanged(store, require_recorded(state, kind, run), kind, run));
}

std::uint64_t require_unchanged(const store::ArtifactStore& store, const ledger::Recorded& record,
                                const RecordKind& kind, const std::string& run) {
  const Weighed weighed = weigh(*open_recorded(store, record, kind, run));
  require_digest(kind, record, weighed.sha256, run);
  return weighed.bytes;
}

void refuse_drift(Code changed, const std::string& key) {
  throw Error(changed, key + " is there already and says something else", {{"ref", key}});
}

void keep_bytes(store::ArtifactStore& store, const std::string& key, std::string_view bytes, const RecordKind& kind) {
  keep_bytes(store, key, *store::access_to(bytes), kind);
}

void keep_bytes(store::ArtifactStore& store, const std::string& key, const store::RandomAccess& bytes,
                const RecordKind& kind) {
  if (store.copy_if_absent(key, bytes) == store::ArtifactStore::Put::conflict) refuse_drift(kind.changed, key);
}

void vouch(ledger::Detail& detail, const RecordKind& kind, const std::string& ref, const std::string& sha256) {
  detail[std::string(kind.name) + "_ref"] = ref;
  detail[std::string(kind.name) + "_sha256"] = sha256;
}

}  // namespace mf::factory
