#pragma once
// What the metrics of docs/metrics.md are called where people read.

#include <string>

namespace mf::report {

/// recall_at_fpr_0.01 -> Recall at a false positive rate of 0.01. A name that is not known here is its own title.
std::string title_of_metric(const std::string& name);

}  // namespace mf::report
