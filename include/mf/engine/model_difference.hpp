#pragma once
// Where two models part.
//
// Room: engine.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mf::engine {

/// The first difference between a model that was recorded and one that was made again.
struct ModelDifference {
  std::optional<std::int64_t> tree;  ///< counted from 0, as XGBoost counts them; none when all trees are alike
  std::string what;                  ///< one line: the node and what it holds, or the part of the model
};

/// Compares tree by tree, then everything else, of two models as UBJ bytes; nothing when the bytes are the same. Models
/// of any booster will do, and need not be sound. Throws ENGINE_FAILED for bytes that are no UBJ.
std::optional<ModelDifference> first_difference(std::string_view recorded, std::string_view rebuilt);

}  // namespace mf::engine
