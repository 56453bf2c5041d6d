#pragma once
// Is this a model that XGBoost can walk through safely?

#include <string>
#include <string_view>

namespace mf::engine {

/// Reads `model` (UBJ) and checks what XGBoost leaves to its caller: a known objective and kind of model; trees whose
/// columns have one length, with children inside the tree, no node reached twice, features the model has, and
/// categories that a bit set can hold; as many tree weights as trees, or weights as features. Gives the booster's name:
/// gbtree, dart or gblinear. Throws ENGINE_FAILED.
std::string sound_booster(std::string_view model);

}  // namespace mf::engine
