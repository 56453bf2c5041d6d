#pragma once
// Is this a model that XGBoost can walk through safely?

#include <string_view>

namespace mf::engine {

/// Reads `model` (UBJ) and checks what XGBoost leaves to its caller: a binary logistic gbtree whose trees have columns
/// of one length, children inside the tree, no node reached twice, and features the model has. Throws ENGINE_FAILED.
void require_sound_structure(std::string_view model);

}  // namespace mf::engine
