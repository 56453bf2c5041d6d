#pragma once
// Records with quoted fields: the wall around libcsv.
//
// libcsv is exact but goes byte by byte (about 220 MB/s without trimming of blanks), so it sees only the records that
// hold a quote; csv_reader splits the others itself.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mf::dataset {

/// Puts together one record at a time, line by line. Blanks around fields are kept, a quote inside an unquoted field
/// and text after a closing quote are refused.
class QuotedRecord {
 public:
  enum class State { open, complete, malformed };

  QuotedRecord();
  ~QuotedRecord();
  QuotedRecord(const QuotedRecord&) = delete;
  QuotedRecord& operator=(const QuotedRecord&) = delete;

  /// Forgets the record before.
  void begin();

  /// Takes one line, with its line end. open: a quoted field goes on in the next line.  malformed: the quotes do not
  /// fit, or a carriage return stands alone outside of quotes.
  State add_line(std::string_view line);

  /// The fields of the complete record, unquoted; valid until the next begin.
  void fields(std::vector<std::string_view>& into) const;

 private:
  bool parse(std::string_view text);

  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace mf::dataset
