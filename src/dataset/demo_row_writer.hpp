#pragma once
// Rows of CSV out of integers and plain texts; nothing here needs quotes.

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mf::dataset {

/// Puts the fields of rows behind one another at the end of `csv`, which must outlive it.
class RowWriter {
 public:
  explicit RowWriter(std::string& csv) : csv_(csv) {}

  void text(std::string_view value) {
    if (!first_) csv_ += ',';
    first_ = false;
    csv_ += value;
  }
  void missing() { text({}); }
  void integer(std::int64_t value) {
    std::array<char, 24> digits{};
    text({digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr});
  }
  void flag(bool value) { text(value ? "1" : "0"); }

  /// `value` counts units of 10^-decimals.
  void fixed(std::int64_t value, std::size_t decimals) {
    std::array<char, 24> digits{};
    const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    std::string whole(static_cast<const char*>(digits.data()), end);
    if (whole.size() <= decimals) whole.insert(0, decimals + 1 - whole.size(), '0');
    text(whole.insert(whole.size() - decimals, 1, '.'));
  }
  void end_row() {
    csv_ += '\n';
    first_ = true;
  }

 private:
  std::string& csv_;
  bool first_ = true;
};

}  // namespace mf::dataset
