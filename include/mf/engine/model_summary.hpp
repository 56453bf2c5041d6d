#pragma once
// What a model file says of itself.
//
// Room: engine.

#include <cstdint>
#include <string>
#include <string_view>

namespace mf::engine {

struct ModelSummary {
  std::string booster;    ///< gbtree, dart or gblinear
  std::string objective;  ///< by XGBoost's name, one of objective_table()
  std::int64_t rounds = 0;
};

/// Of `model`, as UBJ bytes, whose structure is checked. Throws ENGINE_FAILED when they are no sound model.
ModelSummary summary_of(std::string_view model);

}  // namespace mf::engine
