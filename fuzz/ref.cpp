// Any bytes as a ref: refused, or written again as it was, leading nowhere but down, and fit to be looked up.

#include "mf/identity/ref.hpp"

#include "accepted.hpp"
#include "mf/store/artifact_store.hpp"

namespace {

bool leads_up(const std::string& location) {
  const std::string path = "/" + location + "/";
  return path.find("/../") != std::string::npos || path.find("/./") != std::string::npos;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using mf::identity::Ref;
  static const auto kStore = mf::store::open_memory();
  const auto text = mf::fuzz::text_of(data, size);
  const auto ref = mf::fuzz::accepted([&] { return mf::identity::parse_ref(text, "input"); });
  if (!ref) return 0;
  mf::fuzz::require(to_string(*ref) == text, "a ref is written as it was read");
  mf::fuzz::require(!leads_up(ref->location), "no ref has a segment . or ..");
  if (ref->scheme == Ref::Scheme::store) mf::fuzz::accepted([&] { return kStore->find(ref->location); });
  return 0;
}
