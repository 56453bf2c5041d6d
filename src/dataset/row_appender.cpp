#include "dataset/row_appender.hpp"

#include <algorithm>
#include <limits>

#include "dataset/field_text.hpp"
#include "mf/error.hpp"

namespace mf::dataset {

Rows empty_rows(const RowLayout& layout, std::size_t count) {
  Rows rows;
  rows.feature_names = layout.features;
  rows.features.reserve(count * layout.features.size());
  rows.event_time.reserve(count);
  rows.labels.reserve(count);
  rows.label_time.reserve(count);
  rows.keys.reserve(count);
  if (layout.feature_time) rows.feature_time.reserve(count);
  if (layout.amount) rows.amounts.reserve(count);
  if (layout.weight) rows.weights.reserve(count);
  if (layout.entity_key) rows.entities.reserve(count);
  for (const auto feature : layout.categories) {
    rows.categories.push_back({feature, {}});
    rows.categories.back().values.reserve(count);
  }
  for (const auto& name : layout.slices) {
    rows.slices.push_back({name, {}});
    rows.slices.back().values.reserve(count);
  }
  return rows;
}

namespace {

template <typename Value>
void append_values(std::vector<Value>& to, const std::vector<Value>& values) {
  to.insert(to.end(), values.begin(), values.end());
}

}  // namespace

void append_rows(Rows& rows, const Rows& more) {
  append_values(rows.features, more.features);
  append_values(rows.event_time, more.event_time);
  append_values(rows.labels, more.labels);
  append_values(rows.label_time, more.label_time);
  append_values(rows.feature_time, more.feature_time);
  append_values(rows.amounts, more.amounts);
  append_values(rows.weights, more.weights);
  rows.keys.append(more.keys);
  rows.entities.append(more.entities);
  for (std::size_t i = 0; i < rows.categories.size(); ++i) rows.categories[i].values.append(more.categories[i].values);
  for (std::size_t i = 0; i < rows.slices.size(); ++i) rows.slices[i].values.append(more.slices[i].values);
}

void RowAppender::append(std::span<const std::string_view> fields, std::size_t line) {
  line_ = line;
  if (fields.size() != plan_.fields.size()) refuse_width(fields.size());
  const std::size_t begin = rows_.features.size();
  rows_.features.resize(begin + rows_.feature_names.size(), std::numeric_limits<float>::quiet_NaN());
  float* const row = rows_.features.data() + begin;
  for (const auto& use : plan_.features) {
    const auto value = parse_feature(fields[use.field], use.type);
    if (!value) refuse_field(use, fields[use.field]);
    row[use.slot] = *value;
  }
  append_others(fields, line);
}

void RowAppender::append_others(std::span<const std::string_view> fields, std::size_t line) {
  line_ = line;
  for (const auto& use : plan_.others) append_other(use, fields[use.field]);
}

void RowAppender::append_other(const ColumnUse& use, std::string_view text) {
  switch (use.role) {
    case Role::subject_key:
      require_text(use, text);
      return append_text(rows_.keys, use, text);
    case Role::event_time:
      return rows_.event_time.push_back(required_time(use, text));
    case Role::label: {
      const auto label = parse_label(text, use.type);
      if (!label) refuse_field(use, text, "a label that is 0, 1, true or false, or empty when not known yet");
      return rows_.labels.push_back(*label);
    }
    case Role::label_observed_time:
      return rows_.label_time.push_back(text.empty() ? Rows::kNoTime : required_time(use, text));
    case Role::feature_time:
      return rows_.feature_time.push_back(required_time(use, text));
    case Role::amount:
      return rows_.amounts.push_back(required_quantity(use, text));
    case Role::weight: {
      const double weight = required_quantity(use, text);
      if (weight < 0) refuse_field(use, text, "a weight that is not negative");
      return rows_.weights.push_back(weight);
    }
    case Role::entity_key:
      return append_text(rows_.entities, use, text);
    case Role::slice:
      return append_text(rows_.slices[use.slot].values, use, text);
    case Role::category:
      return append_text(rows_.categories[use.slot].values, use, text);
    case Role::feature:
      return;
  }
}

std::int64_t RowAppender::required_time(const ColumnUse& use, std::string_view text) const {
  const auto time = parse_instant(text, use.type);
  if (!time) refuse_field(use, text);
  return *time;
}

double RowAppender::required_quantity(const ColumnUse& use, std::string_view text) const {
  const auto quantity = parse_quantity(text, use.type);
  if (!quantity) refuse_field(use, text);
  return *quantity;
}

/// One value has one text: 007 and 7, or True and 1, would be two slices or two entities.
void RowAppender::append_text(TextColumn& column, const ColumnUse& use, std::string_view text) const {
  if (text.empty()) return column.append(text);
  if (use.type == ColumnType::int64) {
    const auto number = parse_int64(text);
    if (!number) refuse_field(use, text);
    return column.append(std::to_string(*number));
  }
  if (use.type == ColumnType::boolean) {
    const auto truth = parse_bool(text);
    if (!truth) refuse_field(use, text);
    return column.append(*truth ? "true" : "false");
  }
  if (!is_clean_text(text)) refuse_field(use, text);
  column.append(text);
}

void RowAppender::require_text(const ColumnUse& use, std::string_view text) const {
  if (text.empty()) refuse_field(use, text, "a key in every row");
}

void RowAppender::refuse_width(std::size_t width) const {
  throw Error(Code::DATA_INVALID,
              ref_ + ", line " + std::to_string(line_) + ": the record has " + std::to_string(width) +
                  " fields, but the header has " + std::to_string(plan_.fields.size()) +
                  " (the first of possibly more)",
              {{"ref", ref_}, {"line", std::to_string(line_)}});
}

void RowAppender::refuse_field(const ColumnUse& use, std::string_view text, const std::string& expected) const {
  const auto& field = plan_.fields[use.field];
  const std::string wanted = expected.empty() ? std::string(description_of(use.type)) : expected;
  throw Error(Code::DATA_INVALID,
              ref_ + ", line " + std::to_string(line_) + ", column '" + field.name + "': expected " + wanted +
                  ", found " + shape_of(text, field.secret ? Show::length_only : Show::text) +
                  " (the first of possibly more)",
              {{"ref", ref_}, {"line", std::to_string(line_)}, {"column", field.name}});
}

}  // namespace mf::dataset
