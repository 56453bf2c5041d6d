#pragma once
// Records without anything odd, parsed while they are split: the way that nearly all records of a CSV take.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dataset/column_plan.hpp"
#include "dataset/csv_reader.hpp"
#include "dataset/row_appender.hpp"
#include "mf/dataset/rows.hpp"

namespace mf::dataset {

/// Takes records that CsvReader and RowAppender would take in the same way, and leaves all others to them: the last
/// of a text, those with a quote inside of a quoted field, and those that are to be refused.
class PlainRecords {
 public:
  /// What was taken.
  struct Taken {
    std::size_t bytes = 0;
    std::size_t lines = 0;
  };

  /// `appender` appends to `rows`; both were made for `plan`.
  PlainRecords(const ColumnPlan& plan, Rows& rows, RowAppender& appender);

  /// Appends the records of `text` up to the first that is left to others; `text` begins where a record does, after
  /// `lines_before` lines. Throws what RowAppender throws.
  Taken take(std::string_view text, std::size_t lines_before);

 private:
  /// How a field is read on the way; what is no number is kept as text.
  enum class Way : std::uint8_t { skip, text, float32, float64, int64 };
  struct Step {
    Way way = Way::skip;
    bool is_kept = false;  ///< as text
    std::size_t slot = 0;
  };

  static ColumnType type_of(Way way);
  void plan_number(const ColumnUse& use);
  const char* take_record(const char* at, const char* end);
  const char* take_field(const char* at, const char* end, std::size_t field, float* row);
  const char* take_number(const char* at, const char* end, const Step& step, float& value) const;
  const char* take_text(const char* at, const char* end, std::size_t field);
  const char* take_quoted(const char* at, const char* end, std::size_t field);
  bool parse_other_features(float* row) const;

  const ColumnPlan& plan_;
  Rows& rows_;
  RowAppender& appender_;
  std::vector<Step> steps_;
  std::vector<ColumnUse> other_features_;  // those that are read out of a text
  std::vector<std::string_view> fields_;
  std::size_t line_ends_ = 0;  // within the quotes of the record
};

/// Appends all records that `csv` has left to `rows`, which were made for `plan`. `ref` names the file in messages.
/// Throws what CsvReader and RowAppender throw.
void append_records(CsvReader& csv, const ColumnPlan& plan, Rows& rows, const std::string& ref);

}  // namespace mf::dataset
