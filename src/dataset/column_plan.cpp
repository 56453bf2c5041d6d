#include "dataset/column_plan.hpp"

#include <algorithm>

#include "dataset/field_text.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetMaterialization;
using Column = DatasetMaterialization::Column;

/// A file, and where it names its columns.
struct Header {
  std::span<const std::string_view> names;
  const std::string& ref;
  HeaderPlace place;

  [[noreturn]] void refuse(const std::string& what, const std::string& column) const {
    if (place == HeaderPlace::first_line) refuse(", line 1: the header", what, {{"line", "1"}, {"column", column}});
    refuse(": the schema", what, {{"column", column}});
  }

 private:
  [[noreturn]] void refuse(const std::string& where, const std::string& what, Error::Context context) const {
    context.emplace("ref", ref);
    throw Error(Code::DATA_INVALID, ref + where + " " + what, std::move(context),
                "The header must hold each column of the materialisation exactly once.");
  }
};

std::string suggestion(const std::string& name, std::span<const std::string_view> header) {
  const std::vector<std::string> names(header.begin(), header.end());
  const auto near = near_miss(name, names);
  return near ? " (did you mean '" + printable(*near, 64) + "'?)" : "";
}

void require_once(const DatasetMaterialization& of, const Header& header) {
  for (const auto& column : of.columns) {
    const auto count = std::count(header.names.begin(), header.names.end(), column.name);
    if (count == 0)
      header.refuse("lacks the column '" + column.name + "'" + suggestion(column.name, header.names), column.name);
    if (count > 1)
      header.refuse("has the column '" + column.name + "' " + std::to_string(count) + " times", column.name);
  }
}

std::size_t index_in(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool is_secret(const Column& column) {
  return std::any_of(column.roles.begin(), column.roles.end(),
                     [](const auto& role) { return role == "subject_key" || role == "entity_key"; });
}

void add_uses(ColumnPlan& plan, const RowLayout& layout, const Column& column, std::size_t field) {
  for (const auto& name : column.roles) {
    ColumnUse use{field, parse_column_type(column.type).value(), parse_role(name).value()};
    if (use.role == Role::feature) use.slot = index_in(layout.features, column.name);
    if (use.role == Role::feature && use.type == ColumnType::string) {
      const auto& categories = layout.categories;
      use.role = Role::category;
      use.slot =
          static_cast<std::size_t>(std::find(categories.begin(), categories.end(), use.slot) - categories.begin());
    }
    if (use.role == Role::slice) use.slot = index_in(layout.slices, column.name);
    (use.role == Role::feature ? plan.features : plan.others).push_back(use);
  }
}

}  // namespace

ColumnPlan plan_columns(const DatasetMaterialization& materialization, const RowLayout& layout,
                        std::span<const std::string_view> header, const std::string& ref, HeaderPlace place) {
  require_once(materialization, {header, ref, place});
  ColumnPlan plan;
  for (std::size_t field = 0; field < header.size(); ++field) {
    const auto& columns = materialization.columns;
    const auto column =
        std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return c.name == header[field]; });
    // A column that the materialisation does not declare is of no use here, and never looked at.
    if (column == columns.end()) {
      plan.fields.push_back({printable(header[field], 64), true});
      continue;
    }
    plan.fields.push_back({column->name, is_secret(*column)});
    add_uses(plan, layout, *column, field);
  }
  return plan;
}

}  // namespace mf::dataset
