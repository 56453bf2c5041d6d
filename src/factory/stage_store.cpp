#include "factory/stage_store.hpp"

#include <mutex>

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

/// The same for reading here and there, by more than one thread.
class StoppableAccess : public store::RandomAccess {
 public:
  StoppableAccess(std::unique_ptr<RandomAccess> behind, ledger::Claim& claim, const StopRequest* stop)
      : behind_(std::move(behind)), claim_(claim), stop_(stop) {}

  [[nodiscard]] std::uint64_t size() const override { return behind_->size(); }
  [[nodiscard]] bool unchanged() const override { return behind_->unchanged(); }

  std::size_t read_at(std::uint64_t offset, std::span<char> room) const override {
    stop_if_asked(stop_);
    require_wanted();
    return behind_->read_at(offset, room);
  }

 private:
  void require_wanted() const {
    const std::scoped_lock lock(mutex_);
    claim_.require_wanted();
  }

  std::unique_ptr<RandomAccess> behind_;
  mutable std::mutex mutex_;
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
  return ForwardingStore::put_if_absent(key, bytes);
}

store::ArtifactStore::Put StageStore::copy_if_absent(const std::string& key, const store::RandomAccess& bytes) {
  stop_if_asked(stop_);
  claim_.require_held();
  return ForwardingStore::copy_if_absent(key, bytes);
}

std::unique_ptr<store::Source> StageStore::open(const std::string& key) const {
  auto source = ForwardingStore::open(key);
  return source ? std::make_unique<StoppableSource>(std::move(source), claim_, stop_) : nullptr;
}

std::unique_ptr<store::RandomAccess> StageStore::open_random(const std::string& key) const {
  auto access = ForwardingStore::open_random(key);
  return access ? std::make_unique<StoppableAccess>(std::move(access), claim_, stop_) : nullptr;
}

}  // namespace mf::factory
