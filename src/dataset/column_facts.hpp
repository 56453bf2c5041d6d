#pragma once
// What the fields of one column have in common.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dataset/column_parsers.hpp"

namespace mf::dataset {

/// What a field can be read as. An empty field is a missing value and can be read as anything.
enum class Kind : std::uint8_t {
  text,          ///< UTF-8
  whole,         ///< int64
  number,        ///< float32
  truth,         ///< true or false, in letters
  label,         ///< true, false, 1 or 0
  label_number,  ///< a number that is 0 or 1, such as 1.0
  instant,       ///< of the column's time type
};
constexpr std::size_t kKinds = 7;

/// Sees the fields of a column one by one and keeps what all of them can be read as.
class ColumnFacts {
 public:
  /// The first field that cannot be read as some kind; line 0 when there is none.
  struct Misfit {
    std::size_t line = 0;
    std::string shape;  ///< for messages
  };

  explicit ColumnFacts(ColumnType time_type) : time_type_(time_type) {}

  void see(std::string_view field, std::size_t line);

  [[nodiscard]] bool fits(Kind kind) const { return misfit(kind).line == 0; }
  [[nodiscard]] const Misfit& misfit(Kind kind) const { return misfits_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] std::size_t first_empty() const { return first_empty_; }  ///< its line, or 0
  [[nodiscard]] bool has_values() const { return has_values_; }

 private:
  [[nodiscard]] bool reads_as(Kind kind, std::string_view field) const;

  ColumnType time_type_;
  std::array<Misfit, kKinds> misfits_;
  std::size_t first_empty_ = 0;
  bool has_values_ = false;
};

}  // namespace mf::dataset
