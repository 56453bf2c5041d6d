#pragma once
// The bytes of a text, block by block.

#include <memory>
#include <string_view>

namespace mf::dataset {

/// Gives a text from front to back, each time as much as is convenient.
class Blocks {
 public:
  virtual ~Blocks() = default;

  /// `carry` (the end of the previous answer, not yet used up) followed by the next bytes of the text, in one piece. As
  /// long as `carry` only at the end of the text. Valid until the next call. Throws STORE_UNAVAILABLE, DATA_INVALID.
  virtual std::string_view next(std::string_view carry) = 0;

  /// Keeps the last answer of next valid for as long as it lives.
  [[nodiscard]] virtual std::shared_ptr<const char[]> owner() const = 0;
};

/// A text that is in memory as a whole, and must stay there.
class WholeText : public Blocks {
 public:
  explicit WholeText(std::string_view text) : text_(text) {}

  std::string_view next(std::string_view carry) override {
    // What is carried is the end of the text itself, once it has been given.
    const std::string_view answer = given_ ? carry : text_;
    given_ = true;
    return answer;
  }
  [[nodiscard]] std::shared_ptr<const char[]> owner() const override { return {}; }

 private:
  std::string_view text_;
  bool given_ = false;
};

}  // namespace mf::dataset
