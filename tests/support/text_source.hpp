#pragma once
// A text as a source of bytes, in pieces as small as a test wants.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "mf/store/artifact_store.hpp"

namespace mf::test_support {

class TextSource : public store::Source {
 public:
  explicit TextSource(std::string text, std::size_t piece = SIZE_MAX) : text_(std::move(text)), piece_(piece) {}

  std::size_t read(std::span<char> room) override {
    const std::size_t size = std::min({room.size(), piece_, text_.size() - at_});
    std::copy_n(text_.data() + at_, size, room.data());
    at_ += size;
    return size;
  }

 private:
  std::string text_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

}  // namespace mf::test_support
