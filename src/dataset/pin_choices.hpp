#pragma once
// From the columns that a user names to roles of the columns of a header.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/column_plan.hpp"
#include "dataset/column_roles.hpp"
#include "mf/dataset/pin.hpp"

namespace mf::dataset {

/// A column of the header and what it was chosen for; without roles when nobody named it.
struct ChosenColumn {
  std::string name;
  std::vector<Role> roles;

  [[nodiscard]] bool is(Role role) const;
};

/// Whether every role of the column is one of `family`.
bool all_roles_in(const ChosenColumn& column, std::span<const Role> family);

/// Kinds of purposes that one column can serve at once.
constexpr Role kNameRoles[] = {Role::subject_key, Role::entity_key, Role::slice, Role::category};
constexpr Role kTimeRoles[] = {Role::event_time, Role::label_observed_time, Role::feature_time};
constexpr Role kNumberRoles[] = {Role::amount, Role::weight, Role::feature, Role::slice};

/// Throws USAGE for a setting that is missing or malformed, before any file is read.
void require_complete(const PinSettings& settings);

/// What a file says which columns it has, and where.
struct FileHeader {
  std::span<const std::string_view> names;
  const std::string& file;
  HeaderPlace place = HeaderPlace::first_line;
};

/// The columns of `header`, in its order. Throws DATA_INVALID for a header with unusable names, USAGE for a named
/// column that it lacks and for purposes that exclude each other.
std::vector<ChosenColumn> choose_columns(const PinSettings& settings, const FileHeader& header);

}  // namespace mf::dataset
