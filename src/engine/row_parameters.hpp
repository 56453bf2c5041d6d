#pragma once
// The engine parameters that only the rows tell: constraints by the place of a feature, and the weight of the classes.

#include "mf/dataset/batch_source.hpp"
#include "mf/engine/parameters.hpp"

namespace mf::engine {

/// engine_parameters(profile) with those of `train` added, sorted by name. Reads `train` once when its classes are to
/// be balanced. The profile has passed check_features. Throws ENGINE_FAILED when a class to be balanced weighs nothing,
/// or what `train` throws.
EngineParameters parameters_for(const contracts::TrainingProfile& profile, dataset::BatchSource& train);

}  // namespace mf::engine
