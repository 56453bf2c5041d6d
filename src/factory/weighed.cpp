#include "factory/weighed.hpp"

#include <vector>

#include "mf/identity/digest.hpp"

namespace mf::factory {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

}  // namespace

Weighed weigh(store::Source& source) {
  identity::Hasher hasher;
  std::vector<char> block(kBlockBytes);
  Weighed weighed;
  while (const std::size_t size = source.read(block)) {
    hasher.update({block.data(), size});
    weighed.bytes += size;
  }
  weighed.sha256 = identity::to_hex(hasher.finish());
  return weighed;
}

}  // namespace mf::factory
