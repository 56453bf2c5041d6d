#pragma once
// How a training profile is refused: where, what was there, what is allowed, and what to write instead.

#include <string>
#include <string_view>
#include <vector>

namespace mf::engine {

/// Throws TRAINING_PROFILE_INVALID.
[[noreturn]] void refuse(const std::string& pointer, const std::string& observed, const std::string& expected,
                         std::string hint = {});

/// Refuses `name`, which is none of `known`, and suggests the nearest of them.
[[noreturn]] void refuse_name(const std::string& pointer, const std::string& name,
                              const std::vector<std::string>& known);

/// `name` as a member of a JSON Pointer (RFC 6901): a name may hold anything.
std::string escaped(std::string_view name);

std::string listed(const std::vector<std::string>& names);

/// The names of a table's rows.
template <typename Table>
std::vector<std::string> names_of(const Table& table) {
  std::vector<std::string> names;
  for (const auto& row : table) names.emplace_back(row.name);
  return names;
}

}  // namespace mf::engine
