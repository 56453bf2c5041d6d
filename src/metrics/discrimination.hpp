#pragma once
// How well a ranking puts fraud above the rest: ROC AUC and average precision.

#include "metrics/ranking.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

/// The chance that a fraud outranks a legitimate row, a tie counting half. Needs both classes.
Figure roc_auc(const Ranking& ranking);

/// The sum over distinct scores, highest first, of (gain in recall) x precision; no interpolation. Needs fraud.
Figure average_precision(const Ranking& ranking);

}  // namespace mf::metrics
