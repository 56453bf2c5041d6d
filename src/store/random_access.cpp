#include "mf/store/artifact_store.hpp"

namespace mf::store {
namespace {

class FrontToBack : public Source {
 public:
  explicit FrontToBack(const RandomAccess& bytes) : bytes_(bytes) {}

  std::size_t read(std::span<char> room) override {
    const std::size_t taken = bytes_.read_at(offset_, room);
    offset_ += taken;
    return taken;
  }

 private:
  const RandomAccess& bytes_;
  std::uint64_t offset_ = 0;
};

}  // namespace

std::unique_ptr<Source> source_of(const RandomAccess& bytes) { return std::make_unique<FrontToBack>(bytes); }

}  // namespace mf::store
