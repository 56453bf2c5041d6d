#include "dataset/csv_reader.hpp"

#include <utility>

#include "mf/error.hpp"

namespace mf::dataset {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

CsvReader::CsvReader(Blocks& bytes, std::string name, std::size_t lines_before)
    : bytes_(bytes), name_(std::move(name)), lines_taken_(lines_before) {}

bool CsvReader::next() {
  std::string_view line;
  while (take_line(line)) {
    line_ = lines_taken_;
    if (line.size() > kLongestRecord) refuse_length("line", "End each record with a line feed.");
    if (line_ == 1 && line.starts_with(kByteOrderMark)) {
      refuse("the file begins with a byte order mark",
             "Save the file as UTF-8 without BOM, then pin it as a new dataset.");
    }
    if (line.find('"') != std::string_view::npos) {
      read_quoted(line);
      return true;
    }
    line = without_line_end(line);
    if (line.empty()) continue;
    split_plain(line);
    return true;
  }
  return false;
}

CsvReader::Ahead CsvReader::ahead() {
  if (rest_.empty()) rest_ = bytes_.next(rest_);
  return {rest_, lines_taken_};
}

void CsvReader::skip(std::size_t bytes, std::size_t lines) {
  rest_.remove_prefix(bytes);
  lines_taken_ += lines;
}

bool CsvReader::take_line(std::string_view& line) {
  std::size_t end = rest_.find('\n');
  while (end == std::string_view::npos) {
    if (rest_.size() > kLongestRecord) {
      line_ = lines_taken_ + 1;
      refuse_length("line", "End each record with a line feed.");
    }
    const std::size_t carried = rest_.size();
    rest_ = bytes_.next(rest_);
    if (rest_.size() == carried) break;
    end = rest_.find('\n', carried);
  }
  if (rest_.empty()) return false;
  line = rest_.substr(0, end == std::string_view::npos ? end : end + 1);
  rest_.remove_prefix(line.size());
  ++lines_taken_;
  return true;
}

void CsvReader::split_plain(std::string_view line) {
  if (line.find('\r') != std::string_view::npos) {
    refuse("the line has a carriage return that ends no line",
           "End lines with LF or CRLF; quote fields that hold a carriage return.");
  }
  fields_.clear();
  const char* begin = line.data();
  const char* const end = begin + line.size();
  for (const char* at = begin; at != end; ++at) {
    if (*at != ',') continue;
    fields_.emplace_back(begin, at);
    begin = at + 1;
  }
  fields_.emplace_back(begin, end);
}

void CsvReader::read_quoted(std::string_view line) {
  quoted_.begin();
  std::size_t size = 0;
  auto state = QuotedRecord::State::open;
  do {
    size += line.size();
    if (size > kLongestRecord) refuse_length("record", "Close its quotes.");
    state = quoted_.add_line(line);
    // The last line of a file may lack its line end.
    if (state == QuotedRecord::State::open && !line.ends_with('\n')) state = quoted_.add_line("\n");
  } while (state == QuotedRecord::State::open && take_line(line));
  if (state == QuotedRecord::State::malformed) {
    refuse("the record has quotes, or a carriage return outside of quotes, that do not fit",
           "Quote the whole field and double each quote inside it; end lines with LF or CRLF.");
  }
  if (state == QuotedRecord::State::open)
    refuse("the record has a quoted field that is not closed", "Close the quote.");
  quoted_.fields(fields_);
}

void CsvReader::refuse_length(const std::string& what, const std::string& hint) const {
  refuse("the " + what + " is longer than " + std::to_string(kLongestRecord) + " bytes", hint);
}

void CsvReader::refuse(const std::string& what, const std::string& hint) const {
  throw Error(Code::DATA_INVALID, name_ + ", line " + std::to_string(line_) + ": " + what,
              {{"ref", name_}, {"line", std::to_string(line_)}}, hint);
}

}  // namespace mf::dataset
