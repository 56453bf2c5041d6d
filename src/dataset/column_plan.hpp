#pragma once
// Which field of a CSV record goes to which column of Rows.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/column_parsers.hpp"
#include "dataset/column_roles.hpp"
#include "mf/contracts/dataset_materialization.hpp"

namespace mf::dataset {

/// Where a file says which columns it has, for messages.
enum class HeaderPlace { first_line, schema };

/// One use of one field.
struct ColumnUse {
  std::size_t field = 0;  ///< index in the record
  ColumnType type = ColumnType::string;
  Role role = Role::feature;
  std::size_t slot = 0;  ///< which feature, category or slice of the layout
};

struct ColumnPlan {
  struct Field {
    std::string name;
    bool secret = false;  ///< a key of a person or an event: its values stay out of messages
  };
  std::vector<Field> fields;        ///< in the order of the file
  std::vector<ColumnUse> features;  ///< the uses with role feature, but for categories
  std::vector<ColumnUse> others;
};

/// Matches a file's header, in whichever `place`, with the columns of its materialisation, which layout_of has
/// accepted. Each declared column must be there exactly once; the order is free, and columns that are not declared are
/// not looked at. `ref` names the file in messages. Throws DATA_INVALID.
ColumnPlan plan_columns(const contracts::DatasetMaterialization& materialization, const RowLayout& layout,
                        std::span<const std::string_view> header, const std::string& ref,
                        HeaderPlace place = HeaderPlace::first_line);

}  // namespace mf::dataset
