#pragma once
// A plan as results tell it, and as it is compared.

#include <string>

#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/factory/result.hpp"

namespace mf::factory {

/// Throws RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION, naming the first input that differs.
void require_same_plan(const contracts::ResolvedTrainPlan& locked, const contracts::ResolvedTrainPlan& now);

/// Adds the plan's ref and figures to `result`.
void tell_plan(const contracts::ResolvedTrainPlan& plan, const std::string& ref, Result& result);

}  // namespace mf::factory
