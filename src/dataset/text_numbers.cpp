#include "dataset/text_numbers.hpp"

#include <algorithm>
#include <utility>

namespace mf::dataset {

std::uint32_t TextNumbers::number(std::string_view text) {
  const auto found = numbers_.find(text);
  if (found != numbers_.end()) return found->second;
  return numbers_.emplace(text, static_cast<std::uint32_t>(numbers_.size())).first->second;
}

std::vector<std::uint32_t> TextNumbers::settle(std::vector<std::string>& in_order) {
  std::vector<std::pair<std::string, std::uint32_t>> texts;
  texts.reserve(numbers_.size());
  while (!numbers_.empty()) {
    auto node = numbers_.extract(numbers_.begin());
    texts.emplace_back(std::move(node.key()), node.mapped());
  }
  std::ranges::sort(texts);
  std::vector<std::uint32_t> final_number(texts.size());
  for (auto& [text, provisional] : texts) {
    final_number[provisional] = static_cast<std::uint32_t>(in_order.size());
    in_order.push_back(std::move(text));
  }
  return final_number;
}

}  // namespace mf::dataset
