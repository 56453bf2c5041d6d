#include "factory/audited_store.hpp"

namespace mf::factory {

store::ArtifactStore::Put AuditedStore::put_if_absent(const std::string& key, std::string_view bytes) {
  return behind_->put_if_absent(key, bytes);
}

store::ArtifactStore::Put AuditedStore::copy_if_absent(const std::string& key, const store::RandomAccess& bytes) {
  return behind_->copy_if_absent(key, bytes);
}

std::optional<std::string> AuditedStore::find(const std::string& key, std::size_t limit) const {
  return behind_->find(key, limit);
}

std::optional<std::string> AuditedStore::find_protected(const std::string& key, const std::string& what,
                                                        std::size_t limit) const {
  audit_->ask(key, what);
  auto found = behind_->find(key, limit);
  audit_->answer(key, what, found.has_value());
  return found;
}

std::unique_ptr<store::Source> AuditedStore::open(const std::string& key) const { return behind_->open(key); }

std::unique_ptr<store::RandomAccess> AuditedStore::open_random(const std::string& key) const {
  return behind_->open_random(key);
}

std::optional<std::uint64_t> AuditedStore::size_of(const std::string& key) const { return behind_->size_of(key); }

std::vector<std::string> AuditedStore::list(const std::string& prefix) const { return behind_->list(prefix); }

std::vector<std::string> AuditedStore::names_in(const std::string& folder) const { return behind_->names_in(folder); }

std::vector<store::Mark> AuditedStore::marks(const std::vector<std::string>& keys) const {
  return behind_->marks(keys);
}

std::string AuditedStore::describe() const { return behind_->describe(); }

std::string AuditedStore::place() const { return behind_->place(); }

}  // namespace mf::factory
