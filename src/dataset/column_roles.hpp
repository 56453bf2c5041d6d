#pragma once
// What columns are for, and whether a materialisation has what training needs.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mf/contracts/dataset_materialization.hpp"

namespace mf::dataset {

enum class Role : std::uint8_t {
  subject_key,
  event_time,
  label,
  label_observed_time,
  feature_time,
  amount,
  entity_key,
  weight,
  slice,
  feature,
  category,  ///< a feature of type string; documents call it a feature
};

std::optional<Role> parse_role(std::string_view name);
std::string_view name_of(Role role);

/// The columns of Rows that a dataset fills.
struct RowLayout {
  std::vector<std::string> features;    ///< in the order of the columns
  std::vector<std::size_t> categories;  ///< those of `features` that are texts
  std::vector<std::string> slices;
  bool feature_time = false, amount = false, entity_key = false, weight = false;
};

/// The layout of `materialization`. Throws MATERIALIZATION_INVALID when a role that training needs is missing, a role
/// is given more often than it may be, a column's type does not fit its role (a string as an amount), a type or role is
/// unknown, a name is given twice, or the label is a feature.
RowLayout layout_of(const contracts::DatasetMaterialization& materialization);

/// Throws MATERIALIZATION_INVALID unless `other` fills the same columns as the first materialisation, in whatever
/// order.
void require_same_layout(const RowLayout& first, const RowLayout& other, const std::string& dataset_manifest_id);

/// Throws MATERIALIZATION_INVALID when a column of `other` has a type whose fields do not mean what those of the first
/// materialisation mean. Numbers of all types mix, and so do instants that are no features; keys and slices of two
/// types do not: 7 and 007, or 1 and true, would be two names. Both layouts are known to be the same.
void require_same_types(const contracts::DatasetMaterialization& first, const contracts::DatasetMaterialization& other);

}  // namespace mf::dataset
