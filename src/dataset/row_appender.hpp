#pragma once
// From the fields of one record to one more row.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "dataset/column_plan.hpp"
#include "mf/dataset/rows.hpp"

namespace mf::dataset {

/// Rows without rows: the columns of `layout`, with room for `count` rows.
Rows empty_rows(const RowLayout& layout, std::size_t count);

/// Appends `more`, which has the same columns, to `rows`.
void append_rows(Rows& rows, const Rows& more);

/// Appends the records of one file to `rows`.
class RowAppender {
 public:
  /// `ref` names the file in messages. `plan` was made for the layout that `rows` was made for.
  RowAppender(Rows& rows, const ColumnPlan& plan, std::string ref) : rows_(rows), plan_(plan), ref_(std::move(ref)) {}

  /// Appends the record that begins on `line`. Throws DATA_INVALID, with file, line and column, when its width or a
  /// field's text does not fit; `rows` is then of no use.
  void append(std::span<const std::string_view> fields, std::size_t line);

  /// The same without the features, which stand in `rows` already. `fields` are as many as the plan has.
  void append_others(std::span<const std::string_view> fields, std::size_t line);

 private:
  void append_other(const ColumnUse& use, std::string_view text);
  [[nodiscard]] std::int64_t required_time(const ColumnUse& use, std::string_view text) const;
  [[nodiscard]] double required_quantity(const ColumnUse& use, std::string_view text) const;
  void append_text(TextColumn& column, const ColumnUse& use, std::string_view text) const;
  void require_text(const ColumnUse& use, std::string_view text) const;
  [[noreturn]] void refuse_width(std::size_t width) const;
  [[noreturn]] void refuse_field(const ColumnUse& use, std::string_view text, const std::string& expected = {}) const;

  Rows& rows_;
  const ColumnPlan& plan_;
  std::string ref_;
  std::size_t line_ = 0;
};

}  // namespace mf::dataset
