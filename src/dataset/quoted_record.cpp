#include "dataset/quoted_record.hpp"

#include <csv.h>

#include <new>

#include "mf/error.hpp"

namespace mf::dataset {

struct QuotedRecord::Parser {
  csv_parser csv{};
  std::string bytes;
  std::vector<std::size_t> ends;
  int records = 0;
  bool out_of_memory = false;
};

namespace {

int never_blank(unsigned char) { return 0; }

}  // namespace

QuotedRecord::QuotedRecord() : parser_(std::make_unique<Parser>()) {
  if (csv_init(&parser_->csv, CSV_STRICT | CSV_STRICT_FINI) != 0) throw Error(Code::INTERNAL, "libcsv did not start");
  csv_set_space_func(&parser_->csv, never_blank);
}

QuotedRecord::~QuotedRecord() { csv_free(&parser_->csv); }

void QuotedRecord::begin() {
  parser_->bytes.clear();
  parser_->ends.clear();
  parser_->records = 0;
}

QuotedRecord::State QuotedRecord::add_line(std::string_view line) {
  std::size_t end = line.size();
  if (end > 0 && line[end - 1] == '\n') --end;
  if (end > 0 && line[end - 1] == '\r') --end;
  // libcsv takes any carriage return outside of quotes for the end of a record; here, only the line's end is one.
  if (!parse(line.substr(0, end)) || parser_->records > 0 || !parse(line.substr(end))) return State::malformed;
  return parser_->records == 1 ? State::complete : State::open;
}

bool QuotedRecord::parse(std::string_view text) {
  // No exception may pass through the C frames of libcsv.
  const auto on_field = [](void* field, std::size_t size, void* data) {
    auto& parser = *static_cast<Parser*>(data);
    try {
      parser.bytes.append(static_cast<const char*>(field), size);
      parser.ends.push_back(parser.bytes.size());
    } catch (const std::bad_alloc&) {
      parser.out_of_memory = true;
    }
  };
  const auto on_record = [](int, void* data) { ++static_cast<Parser*>(data)->records; };
  const std::size_t taken = csv_parse(&parser_->csv, text.data(), text.size(), on_field, on_record, parser_.get());
  if (parser_->out_of_memory || csv_error(&parser_->csv) == CSV_ENOMEM) throw std::bad_alloc();
  return taken == text.size();
}

void QuotedRecord::fields(std::vector<std::string_view>& into) const {
  into.clear();
  std::size_t begin = 0;
  for (const std::size_t end : parser_->ends) {
    into.push_back(std::string_view(parser_->bytes).substr(begin, end - begin));
    begin = end;
  }
}

}  // namespace mf::dataset
