#include "dataset/column_roles.hpp"

#include <algorithm>
#include <iterator>

#include "dataset/column_parsers.hpp"
#include "dataset/field_text.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetMaterialization;
using Column = DatasetMaterialization::Column;

constexpr unsigned bit(ColumnType type) { return 1U << static_cast<unsigned>(type); }

constexpr unsigned kNames = bit(ColumnType::string) | bit(ColumnType::int64);
constexpr unsigned kNumbers = bit(ColumnType::int64) | bit(ColumnType::float32) | bit(ColumnType::float64);
constexpr unsigned kTimes = bit(ColumnType::timestamp) | bit(ColumnType::epoch_s) | bit(ColumnType::epoch_ms);

struct RoleRow {
  Role role;
  std::string_view name;
  bool required;
  bool repeats;
  unsigned types;
  std::string_view types_in_words;
  std::string_view hint_when_missing;
};

constexpr RoleRow kRoles[] = {
    {Role::subject_key, "subject_key", true, false, kNames, "string or int64", "Give the event id this role."},
    {Role::event_time, "event_time", true, false, kTimes, "timestamp, epoch_s or epoch_ms",
     "Give the time of the event this role."},
    {Role::label, "label", true, false, kNumbers | bit(ColumnType::boolean), "bool or a number that is 0 or 1",
     "Give the column that says fraud or not this role."},
    {Role::label_observed_time, "label_observed_time", true, false, kTimes, "timestamp, epoch_s or epoch_ms",
     "Without it nothing proves that the labels were known by label_asof_utc; if they were known at once, give the "
     "event-time column this role too."},
    {Role::feature_time, "feature_time", false, false, kTimes, "timestamp, epoch_s or epoch_ms", ""},
    {Role::amount, "amount", false, false, kNumbers, "int64, float32 or float64", ""},
    {Role::entity_key, "entity_key", false, false, kNames, "string or int64", ""},
    {Role::weight, "weight", false, false, kNumbers, "int64, float32 or float64", ""},
    {Role::slice, "slice", false, true, kNames | bit(ColumnType::boolean), "string, bool or int64", ""},
    {Role::feature, "feature", true, true, ~0U, "any type", "Give at least one column this role."},
};

[[noreturn]] void refuse(const DatasetMaterialization& of, const std::string& what, std::string hint = {}) {
  throw Error(Code::MATERIALIZATION_INVALID, "materialisation of " + of.dataset_manifest_id + ": " + what,
              {{"dataset_manifest_id", of.dataset_manifest_id}}, std::move(hint));
}

std::string suggestion(std::string_view word, const std::vector<std::string>& names) {
  const auto near = near_miss(word, names);
  return near ? " (did you mean '" + *near + "'?)" : "";
}

std::vector<std::string> role_names() {
  std::vector<std::string> names;
  for (const auto& row : kRoles) names.emplace_back(row.name);
  return names;
}

const RoleRow& known_role(const DatasetMaterialization& of, const Column& column, const std::string& role) {
  const auto* row = std::find_if(std::begin(kRoles), std::end(kRoles), [&](const auto& r) { return r.name == role; });
  if (row != std::end(kRoles)) return *row;
  refuse(of, "column '" + column.name + "' has the unknown role '" + printable(role) + "'" +
                 suggestion(role, role_names()));
}

void require_type_fits(const DatasetMaterialization& of, const Column& column) {
  const auto type = parse_column_type(column.type);
  if (!type) refuse(of, "column '" + column.name + "' has the unknown type '" + printable(column.type) + "'");
  for (const auto& name : column.roles) {
    const auto& role = known_role(of, column, name);
    if ((role.types & bit(*type)) != 0) continue;
    refuse(of, "column '" + column.name + "' has type " + column.type + ", but the role " + name + " needs " +
                   std::string(role.types_in_words));
  }
}

void require_not_twice(const DatasetMaterialization& of, std::vector<std::string> names, const std::string& what) {
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) refuse(of, what + " '" + *twice + "' is given twice");
}

std::vector<std::string> columns_with(const DatasetMaterialization& of, std::string_view role) {
  std::vector<std::string> names;
  for (const auto& column : of.columns) {
    if (std::find(column.roles.begin(), column.roles.end(), role) != column.roles.end()) names.push_back(column.name);
  }
  return names;
}

void require_count(const DatasetMaterialization& of, const RoleRow& role) {
  const auto names = columns_with(of, role.name);
  if (role.required && names.empty()) {
    refuse(of, "no column has the role " + std::string(role.name), std::string(role.hint_when_missing));
  }
  if (!role.repeats && names.size() > 1) {
    refuse(of, "the columns '" + names[0] + "' and '" + names[1] + "' both have the role " + std::string(role.name));
  }
}

void require_label_is_no_feature(const DatasetMaterialization& of) {
  const auto features = columns_with(of, "feature");
  const auto label = columns_with(of, "label").front();
  if (std::find(features.begin(), features.end(), label) == features.end()) return;
  refuse(of, "column '" + label + "' is the label and a feature", "Take the role feature from the label's column.");
}

bool both_in(ColumnType a, ColumnType b, unsigned types) { return ((bit(a) | bit(b)) & ~types) == 0; }

bool is_name(Role role) { return role == Role::subject_key || role == Role::entity_key || role == Role::slice; }

bool types_mix(ColumnType a, ColumnType b, Role role) {
  if (a == b) return true;
  if (is_name(role)) return false;
  return both_in(a, b, kNumbers | bit(ColumnType::boolean)) || (role != Role::feature && both_in(a, b, kTimes));
}

const Column& counterpart(const DatasetMaterialization& of, const Column& column, const std::string& role) {
  const bool by_name = role == name_of(Role::feature) || role == name_of(Role::slice);
  return *std::find_if(of.columns.begin(), of.columns.end(),
                       [&](const Column& c) { return c.has_role(role) && (!by_name || c.name == column.name); });
}

/// The name that only one of the two has, if any.
std::optional<std::string> difference(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<std::string> apart;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(apart));
  return apart.empty() ? std::nullopt : std::optional(apart.front());
}

}  // namespace

std::optional<Role> parse_role(std::string_view name) {
  for (const auto& row : kRoles) {
    if (row.name == name) return row.role;
  }
  return {};
}

std::string_view name_of(Role role) {
  return role == Role::category ? name_of(Role::feature) : kRoles[static_cast<std::size_t>(role)].name;
}

namespace {

std::vector<std::size_t> texts_among(const DatasetMaterialization& of, const std::vector<std::string>& features) {
  std::vector<std::size_t> texts;
  for (std::size_t i = 0; i < features.size(); ++i)
    for (const auto& column : of.columns)
      if (column.name == features[i] && parse_column_type(column.type) == ColumnType::string) texts.push_back(i);
  return texts;
}

}  // namespace

RowLayout layout_of(const DatasetMaterialization& materialization) {
  std::vector<std::string> names;
  for (const auto& column : materialization.columns) {
    names.push_back(column.name);
    require_type_fits(materialization, column);
    require_not_twice(materialization, column.roles, "in column '" + column.name + "' the role");
  }
  require_not_twice(materialization, names, "the column");
  for (const auto& role : kRoles) require_count(materialization, role);
  require_label_is_no_feature(materialization);
  const auto has = [&](std::string_view role) { return !columns_with(materialization, role).empty(); };
  const auto features = columns_with(materialization, "feature");
  return {features,
          texts_among(materialization, features),
          columns_with(materialization, "slice"),
          has("feature_time"),
          has("amount"),
          has("entity_key"),
          has("weight")};
}

void require_same_layout(const RowLayout& first, const RowLayout& other, const std::string& dataset_manifest_id) {
  const auto refuse_other = [&](const std::string& what) {
    throw Error(
        Code::MATERIALIZATION_INVALID,
        "materialisation of " + dataset_manifest_id + " and the first one do not have the same columns: " + what,
        {{"dataset_manifest_id", dataset_manifest_id}}, "Train on manifests of one feature set only.");
  };
  if (const auto name = difference(first.features, other.features))
    refuse_other("only one has the feature '" + *name + "'");
  if (const auto name = difference(first.slices, other.slices)) refuse_other("only one has the slice '" + *name + "'");
  if (first.feature_time != other.feature_time) refuse_other("only one has the role feature_time");
  if (first.amount != other.amount) refuse_other("only one has the role amount");
  if (first.entity_key != other.entity_key) refuse_other("only one has the role entity_key");
  if (first.weight != other.weight) refuse_other("only one has the role weight");
}

void require_same_types(const DatasetMaterialization& first, const DatasetMaterialization& other) {
  for (const auto& column : other.columns)
    for (const auto& role : column.roles) {
      const auto& before = counterpart(first, column, role);
      if (types_mix(*parse_column_type(before.type), *parse_column_type(column.type), *parse_role(role))) continue;
      refuse(other,
             "column '" + column.name + "' is a " + role + " of type " + column.type + ", in the materialisation of " +
                 first.dataset_manifest_id + " it is of type " + before.type,
             "Declare one type for the column in both materialisations.");
    }
}

}  // namespace mf::dataset
