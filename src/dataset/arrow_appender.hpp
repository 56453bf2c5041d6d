#pragma once
// From columns of values to further rows.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "dataset/arrow_column.hpp"
#include "dataset/column_plan.hpp"
#include "mf/dataset/rows.hpp"

namespace mf::dataset {

/// Rows `from` to `from + count` of a batch.
struct Portion {
  std::size_t from = 0, count = 0;
  std::size_t before = 0;  ///< rows of the file before the batch, for messages
};

/// Appends batches of one file to `rows`.
class ArrowAppender {
 public:
  /// `ref` names the file in messages. `plan` was made for the layout that `rows` was made for.
  ArrowAppender(Rows& rows, const ColumnPlan& plan, const std::string& ref) : rows_(rows), plan_(plan), ref_(ref) {}

  /// Appends a portion of `columns`, one for each field of the plan and of a type that reads as it is declared. Throws
  /// DATA_INVALID, with file, row (from 1) and column, when a value does not fit; `rows` is then of no use.
  void append(std::span<const ArrowColumn> columns, const Portion& portion);

 private:
  void append_feature(const ColumnUse& use, const ArrowColumn& column, float* into);
  void append_other(const ColumnUse& use, const ArrowColumn& column);
  void append_other(const ColumnUse& use, const ArrowColumn& column, std::size_t row);
  void append_name(TextColumn& into, const ColumnUse& use, const ArrowColumn& column, std::size_t row);
  [[nodiscard]] std::int64_t time(const ColumnUse& use, const ArrowColumn& column, std::size_t row) const;
  [[nodiscard]] double quantity(const ColumnUse& use, const ArrowColumn& column, std::size_t row) const;
  void require_value(const ColumnUse& use, const ArrowColumn& column, std::size_t row) const;
  [[noreturn]] void refuse(const ColumnUse& use, const ArrowColumn& column, std::size_t row,
                           const std::string& expected = {}) const;

  Rows& rows_;
  const ColumnPlan& plan_;
  const std::string& ref_;
  Portion portion_;
  std::vector<float> values_;  // of one feature
  std::string scratch_;
};

}  // namespace mf::dataset
