#include "factory/stage_store.hpp"

#include "mf/error.hpp"

namespace mf::factory {
namespace {

/// Rows are read for minutes; nobody should have to wait for their end.
class StoppableSource : public store::Source {
 public:
  StoppableSource(std::unique_ptr<Source> behind, ledger::Claim& claim, const StopRequest* stop)
      : behind_(std::move(behind)), claim_(claim), stop_(stop) {}

  std::size_t read(std::span<char> room) override {
    stop_if_asked(stop_);
    claim_.require_wanted();
    return behind_->read(room);
  }

 private:
  std::unique_ptr<Source> behind_;
  ledger::Claim& claim_;
  const StopRequest* stop_;
};

}  // namespace

void stop_if_asked(const StopRequest* stop) {
  const int signal = stop == nullptr ? 0 : stop->signal.load();
  if (signal != 0)
    throw Error(Code::INTERRUPTED, "told to stop by signal " + std::to_string(signal),
                {{"signal", std::to_string(signal)}});
}

store::ArtifactStore::Put StageStore::put_if_absent(const std::string& key, std::string_view bytes) {
  stop_if_asked(stop_);
  claim_.require_held();
  return behind_.put_if_absent(key, bytes);
}

std::optional<std::string> StageStore::find(const std::string& key, std::size_t limit) const {
  return behind_.find(key, limit);
}

std::unique_ptr<store::Source> StageStore::open(const std::string& key) const {
  auto source = behind_.open(key);
  return source ? std::make_unique<StoppableSource>(std::move(source), claim_, stop_) : nullptr;
}

std::optional<std::uint64_t> StageStore::size_of(const std::string& key) const { return behind_.size_of(key); }

std::vector<std::string> StageStore::list(const std::string& prefix) const { return behind_.list(prefix); }

std::string StageStore::describe() const { return behind_.describe(); }

}  // namespace mf::factory
