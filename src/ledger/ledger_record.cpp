#include "ledger/ledger_record.hpp"

#include "mf/error.hpp"

namespace mf::ledger {

std::optional<std::string> find_record(const store::ArtifactStore& store, const std::string& key) {
  try {
    return store.find(key);
  } catch (const Error& error) {
    if (error.code() != Code::DOCUMENT_INVALID) throw;
    throw Error(Code::LEDGER_INVALID, error.message(), error.context());
  }
}

}  // namespace mf::ledger
