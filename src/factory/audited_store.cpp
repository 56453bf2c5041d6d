#include "factory/audited_store.hpp"

namespace mf::factory {

std::optional<std::string> AuditedStore::find_protected(const std::string& key, const std::string& what,
                                                        std::size_t limit) const {
  audit_->ask(key, what);
  auto found = find(key, limit);
  audit_->answer(key, what, found.has_value());
  return found;
}

}  // namespace mf::factory
