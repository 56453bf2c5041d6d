#pragma once
// Where a reader gets its text from, block by block.

#include <string_view>

namespace mf::dataset {

class TextBlocks {
 public:
  virtual ~TextBlocks() = default;

  /// `carry` (the end of the previous answer, not yet used up) followed by what comes next, in one piece. As long as
  /// `carry` only at the end. Valid until the next call.
  virtual std::string_view next(std::string_view carry) = 0;
};

/// A text that is in memory as a whole, and must stay there.
class WholeText : public TextBlocks {
 public:
  explicit WholeText(std::string_view text) : text_(text) {}

  std::string_view next(std::string_view carry) override {
    // What is carried is the end of the text itself, once it has been given.
    const std::string_view answer = given_ ? carry : text_;
    given_ = true;
    return answer;
  }

 private:
  std::string_view text_;
  bool given_ = false;
};

}  // namespace mf::dataset
