#include "dataset/plain_records.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>

#include "dataset/plain_decimal.hpp"

namespace mf::dataset {
namespace {

constexpr float kNotKnownYet = std::numeric_limits<float>::quiet_NaN();

bool ends_field(char c) { return c == ',' || c == '\n' || c == '\r' || c == '"'; }

/// What parse_feature makes of these numbers; false when it must decide.
bool narrowed_feature(const PlainDecimal& number, float& value) {
  double wide = 0;
  if (!number.nearest(wide)) return false;
  value = static_cast<float>(wide);
  return true;
}

bool whole_feature(const PlainDecimal& number, std::ptrdiff_t characters, float& value) {
  constexpr std::ptrdiff_t kAlwaysFits = 18;
  if (characters > kAlwaysFits || number.has_point) return false;
  const auto whole = static_cast<std::int64_t>(number.digits);
  value = static_cast<float>(number.negative ? -whole : whole);
  return true;
}

}  // namespace

ColumnType PlainRecords::type_of(Way way) {
  if (way == Way::int64) return ColumnType::int64;
  return way == Way::float32 ? ColumnType::float32 : ColumnType::float64;
}

PlainRecords::PlainRecords(const ColumnPlan& plan, Rows& rows, RowAppender& appender)
    : plan_(plan), rows_(rows), appender_(appender), steps_(plan.fields.size()), fields_(plan.fields.size()) {
  for (const auto& use : plan.features) plan_number(use);
  for (const auto& use : other_features_) steps_[use.field].is_kept = true;
  for (const auto& use : plan.others) steps_[use.field].is_kept = true;
  for (auto& step : steps_) {
    if (step.is_kept && step.way == Way::skip) step.way = Way::text;
  }
}

void PlainRecords::plan_number(const ColumnUse& use) {
  const auto read_as = [&](Way way) { steps_[use.field] = {way, false, use.slot}; };
  switch (use.type) {
    case ColumnType::float32:
      return read_as(Way::float32);
    case ColumnType::float64:
      return read_as(Way::float64);
    case ColumnType::int64:
      return read_as(Way::int64);
    default:
      other_features_.push_back(use);
  }
}

PlainRecords::Taken PlainRecords::take(std::string_view text, std::size_t lines_before) {
  const char* const begin = text.data();
  const char* const end = begin + text.rfind('\n') + 1;  // so that a search for the end of a line has an end
  Taken taken;
  for (const char* at = begin; at != end;) {
    line_ends_ = 0;
    const char* next = at + 1;
    if (*at != '\n') next = take_record(at, end);
    if (next == nullptr) break;
    if (*at != '\n') appender_.append_others(fields_, lines_before + taken.lines + 1);
    taken.lines += 1 + line_ends_;
    taken.bytes += static_cast<std::size_t>(next - at);
    at = next;
  }
  return taken;
}

/// Appends the features of a record and keeps the rest in fields_; says where the next one begins, or null.
const char* PlainRecords::take_record(const char* at, const char* end) {
  const char* const begin = at;
  const std::size_t before = rows_.features.size();
  rows_.features.resize(before + rows_.feature_names.size(), kNotKnownYet);
  float* const row = rows_.features.data() + before;
  const std::size_t last = steps_.size() - 1;
  for (std::size_t field = 0; at != nullptr && field < last; ++field) {
    at = take_field(at, end, field, row);
    if (at != nullptr) at = *at == ',' ? at + 1 : nullptr;
  }
  if (at != nullptr) at = take_field(at, end, last, row);
  if (at != nullptr && *at == '\r') ++at;
  const bool good = at != nullptr && *at == '\n' &&
                    at - begin < static_cast<std::ptrdiff_t>(CsvReader::kLongestRecord) && parse_other_features(row);
  if (!good) rows_.features.resize(before);
  return good ? at + 1 : nullptr;
}

/// Says where the field ends, before whatever ends it, or null.
const char* PlainRecords::take_field(const char* at, const char* end, std::size_t field, float* row) {
  const Step step = steps_[field];
  if (step.way < Way::float32) return take_text(at, end, field);
  if (const char* const next = take_number(at, end, step, row[step.slot])) {
    if (step.is_kept) fields_[field] = {at, next};
    return next;
  }
  const char* const next = take_text(at, end, field);
  const auto value = next == nullptr ? std::nullopt : parse_feature(fields_[field], type_of(step.way));
  if (value) row[step.slot] = *value;
  return value ? next : nullptr;
}

const char* PlainRecords::take_number(const char* at, const char* end, const Step& step, float& value) const {
  PlainDecimal number;
  const char* const next = number.read(at, end);
  if (next == nullptr || !ends_field(*next)) return nullptr;
  switch (step.way) {
    case Way::float32:
      return number.nearest(value) ? next : nullptr;
    case Way::float64:
      return narrowed_feature(number, value) ? next : nullptr;
    default:
      return whole_feature(number, next - at, value) ? next : nullptr;
  }
}

const char* PlainRecords::take_text(const char* at, const char* end, std::size_t field) {
  if (*at == '"') return take_quoted(at, end, field);
  const char* const begin = at;
  while (!ends_field(*at)) ++at;
  fields_[field] = {begin, at};
  return at;
}

const char* PlainRecords::take_quoted(const char* at, const char* end, std::size_t field) {
  const void* const close = std::memchr(at + 1, '"', static_cast<std::size_t>(end - at - 1));
  if (close == nullptr) return nullptr;
  const std::string_view text(at + 1, static_cast<const char*>(close));
  line_ends_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  fields_[field] = text;
  return text.data() + text.size() + 1;
}

bool PlainRecords::parse_other_features(float* row) const {
  for (const auto& use : other_features_) {
    const auto value = parse_feature(fields_[use.field], use.type);
    if (!value) return false;
    row[use.slot] = *value;
  }
  return true;
}

void append_records(CsvReader& csv, const ColumnPlan& plan, Rows& rows, const std::string& ref) {
  RowAppender appender(rows, plan, ref);
  PlainRecords plain(plan, rows, appender);
  while (true) {
    const auto ahead = csv.ahead();
    const auto taken = plain.take(ahead.text, ahead.lines_before);
    csv.skip(taken.bytes, taken.lines);
    if (!csv.next()) return;
    appender.append(csv.fields(), csv.line());
  }
}

}  // namespace mf::dataset
