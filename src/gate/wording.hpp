#pragma once
// Why a criterion is not met, in words.
//
// Room: gate.

#include <string>

#include "mf/contracts/gate_documents.hpp"

namespace mf::gate {

/// Such as: auc_roc of test where channel is web.
std::string figure_in_words(const contracts::CriterionResult& result);

/// Such as: auc_roc of test is 0.82, between 0.78 and 0.85.
std::string observation_in_words(const contracts::CriterionResult& result);

/// Such as: ; its lower bound should be at least 0.8. Goes on from the observation.
std::string demand_in_words(const contracts::CriterionResult& result);

}  // namespace mf::gate
