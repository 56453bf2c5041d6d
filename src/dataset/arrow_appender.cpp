#include "dataset/arrow_appender.hpp"

#include <limits>

#include "dataset/arrow_values.hpp"
#include "mf/error.hpp"

namespace mf::dataset {

void ArrowAppender::append(std::span<const ArrowColumn> columns, const Portion& portion) {
  portion_ = portion;
  const std::size_t begin = rows_.features.size();
  rows_.features.resize(begin + portion.count * rows_.feature_names.size(), std::numeric_limits<float>::quiet_NaN());
  for (const auto& use : plan_.features) append_feature(use, columns[use.field], rows_.features.data() + begin);
  for (const auto& use : plan_.others) append_other(use, columns[use.field]);
}

void ArrowAppender::append_feature(const ColumnUse& use, const ArrowColumn& column, float* into) {
  values_.resize(portion_.count);
  if (const auto misfit = features_of(column, use.type, portion_.from, values_)) refuse(use, column, *misfit);
  const std::size_t stride = rows_.feature_names.size();
  into += use.slot;
  for (std::size_t i = 0; i < values_.size(); ++i) into[i * stride] = values_[i];
}

void ArrowAppender::append_other(const ColumnUse& use, const ArrowColumn& column) {
  for (std::size_t i = 0; i < portion_.count; ++i) append_other(use, column, portion_.from + i);
}

void ArrowAppender::append_other(const ColumnUse& use, const ArrowColumn& column, std::size_t row) {
  switch (use.role) {
    case Role::subject_key:
      require_value(use, column, row);
      return append_name(rows_.keys, use, column, row);
    case Role::event_time:
      return rows_.event_time.push_back(time(use, column, row));
    case Role::label: {
      if (column.is_missing(row)) return rows_.labels.push_back(Rows::kUnknownLabel);
      const auto label = label_of(column, use.type, row);
      if (!label) refuse(use, column, row, "a label that is 0, 1, true or false, or no value when not known yet");
      return rows_.labels.push_back(*label);
    }
    case Role::label_observed_time:
      return rows_.label_time.push_back(column.is_missing(row) ? Rows::kNoTime : time(use, column, row));
    case Role::feature_time:
      return rows_.feature_time.push_back(time(use, column, row));
    case Role::amount:
      return rows_.amounts.push_back(quantity(use, column, row));
    case Role::weight: {
      const double weight = quantity(use, column, row);
      if (weight < 0) refuse(use, column, row, "a weight that is not negative");
      return rows_.weights.push_back(weight);
    }
    case Role::entity_key:
      return append_name(rows_.entities, use, column, row);
    case Role::slice:
      return append_name(rows_.slices[use.slot].values, use, column, row);
    case Role::category:
      return append_name(rows_.categories[use.slot].values, use, column, row);
    case Role::feature:
      return;
  }
}

void ArrowAppender::append_name(TextColumn& into, const ColumnUse& use, const ArrowColumn& column, std::size_t row) {
  if (column.is_missing(row)) return into.append(std::string_view());
  const auto name = name_of(column, use.type, row, scratch_);
  if (!name) refuse(use, column, row);
  into.append(*name);
}

std::int64_t ArrowAppender::time(const ColumnUse& use, const ArrowColumn& column, std::size_t row) const {
  const auto time = column.is_missing(row) ? std::nullopt : instant_of(column, use.type, row);
  if (!time) refuse(use, column, row);
  return *time;
}

double ArrowAppender::quantity(const ColumnUse& use, const ArrowColumn& column, std::size_t row) const {
  const auto quantity = column.is_missing(row) ? std::nullopt : quantity_of(column, row);
  if (!quantity) refuse(use, column, row);
  return *quantity;
}

void ArrowAppender::require_value(const ColumnUse& use, const ArrowColumn& column, std::size_t row) const {
  const bool empty = column.is_missing(row) || (use.type == ColumnType::string && column.text(row).empty());
  if (empty) refuse(use, column, row, "a key in every row");
}

void ArrowAppender::refuse(const ColumnUse& use, const ArrowColumn& column, std::size_t row,
                           const std::string& expected) const {
  const auto& field = plan_.fields[use.field];
  const std::string wanted = expected.empty() ? std::string(description_of(use.type)) : expected;
  const bool hidden = field.secret && !column.is_missing(row);
  const std::string number = std::to_string(portion_.before + row + 1);
  throw Error(Code::DATA_INVALID,
              ref_ + ", row " + number + ", column '" + field.name + "': expected " + wanted + ", found " +
                  (hidden ? "something else" : shown(column, use.type, row)) + " (the first of possibly more)",
              {{"ref", ref_}, {"row", number}, {"column", field.name}});
}

}  // namespace mf::dataset
