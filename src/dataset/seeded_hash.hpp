#pragma once
// Chance that is the same everywhere and always: a number made from a text.

#include <cstdint>
#include <string>
#include <string_view>

namespace mf::dataset {

/// The number from 0 to below 1 that a text has under a recipe and a seed (docs/formats/identity.md).
class SeededHash {
 public:
  SeededHash(std::string_view recipe, std::int64_t seed)
      : text_(std::string(recipe) + "\n" + std::to_string(seed) + "\n"), prefix_(text_.size()) {}

  double operator()(std::string_view text);

 private:
  std::string text_;
  std::size_t prefix_;
};

}  // namespace mf::dataset
