#include "store/key.hpp"

#include <algorithm>
#include <string_view>

#include "mf/error.hpp"

namespace mf::store {
namespace {

bool is_allowed(char c) {
  constexpr std::string_view kOthers = "_.:@+=-";
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         kOthers.find(c) != std::string_view::npos;
}

bool is_segment(std::string_view segment) {
  return !segment.empty() && segment.size() <= 240 && segment != "." && segment != ".." &&
         std::all_of(segment.begin(), segment.end(), is_allowed);
}

}  // namespace

void require_key(const std::string& key) {
  std::string_view rest = key;
  bool valid = key.size() <= 1024;
  while (valid) {
    const std::size_t slash = rest.find('/');
    valid = is_segment(rest.substr(0, slash));
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  if (!valid)
    throw Error(Code::REF_INVALID, "a store key should be a relative path of segments out of A-Z a-z 0-9 _ . : @ + = -",
                {{"key", key.substr(0, 128)}});
}

}  // namespace mf::store
