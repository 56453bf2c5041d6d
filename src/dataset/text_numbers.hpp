#pragma once
// Numbers for texts that repeat, in the order of their bytes once all are known.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mf::dataset {

class TextNumbers {
 public:
  /// The provisional number of `text`: as they first came.
  std::uint32_t number(std::string_view text);

  /// For each provisional number the final one. The texts are `in_order` afterwards, and this holds none.
  std::vector<std::uint32_t> settle(std::vector<std::string>& in_order);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

}  // namespace mf::dataset
