#pragma once
// The first field in which two documents differ.

#include <optional>
#include <string>

namespace mf::factory {

struct DocumentDifference {
  std::string pointer;
  std::string was, is;  ///< what stands there, as JSON, cut when it is long; "absent" where nothing does
};

/// Nothing when both say the same. Both are JSON.
std::optional<DocumentDifference> first_difference(const std::string& was, const std::string& is);

}  // namespace mf::factory
