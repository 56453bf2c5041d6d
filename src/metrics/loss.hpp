#pragma once
// How far scores, read as probabilities, are from what happened: log loss and Brier score.

#include "metrics/ranking.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

/// -mean(y ln p + (1-y) ln(1-p)), p kept within [2^-52, 1 - 2^-52]. Needs a row.
Figure log_loss(const Ranking& ranking);

/// mean((p - y)^2). Needs a row.
Figure brier(const Ranking& ranking);

}  // namespace mf::metrics
