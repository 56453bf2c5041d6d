#include "dataset/column_facts.hpp"

#include "dataset/field_text.hpp"

namespace mf::dataset {
namespace {

constexpr std::size_t kLongestShown = 12;

/// What stands for a missing value (NA, null, ?) helps to see; names, addresses and card numbers stay out of messages.
bool may_show(Kind kind, std::string_view field) { return kind != Kind::text && field.size() <= kLongestShown; }

}  // namespace

void ColumnFacts::see(std::string_view field, std::size_t line) {
  if (field.empty()) {
    if (first_empty_ == 0) first_empty_ = line;
    return;
  }
  has_values_ = true;
  for (std::size_t i = 0; i < kKinds; ++i) {
    const auto kind = static_cast<Kind>(i);
    if (misfits_[i].line != 0 || reads_as(kind, field)) continue;
    misfits_[i] = {line, shape_of(field, may_show(kind, field) ? Show::text : Show::length_only)};
  }
}

bool ColumnFacts::reads_as(Kind kind, std::string_view field) const {
  switch (kind) {
    case Kind::text:
      return is_clean_text(field);
    case Kind::whole:
      return parse_int64(field).has_value();
    case Kind::number:
      return parse_float32(field).has_value();
    case Kind::truth:
      return field != "1" && field != "0" && parse_bool(field).has_value();
    case Kind::label:
      return parse_bool(field).has_value();
    case Kind::label_number:
      return parse_label(field, ColumnType::float32).has_value();
    case Kind::instant:
      return parse_instant(field, time_type_).has_value();
  }
  return false;
}

}  // namespace mf::dataset
