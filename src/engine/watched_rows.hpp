#pragma once
// The validation rows: what the model's metric on them is after every round.

#include <memory>
#include <string>

#include "engine/xgboost_call.hpp"
#include "engine/xgboost_library.hpp"
#include "mf/dataset/batch_source.hpp"

namespace mf::engine {

/// Both ways to watch give bit for bit the same metrics.
class WatchedRows {
 public:
  virtual ~WatchedRows() = default;

  /// The matrix that a booster should know from its beginning; null when there is none.
  [[nodiscard]] virtual DMatrixHandle matrix() const { return nullptr; }

  /// The metric of `model`, which has just been through `round` (from 0; each in turn, once). Throws ENGINE_FAILED,
  /// also when the metric is undefined on these rows, OUT_OF_MEMORY, or what the source throws.
  virtual double metric_after(int round, const ModelHandle& model) = 0;
};

/// Keeps the rows as a plain matrix: eight bytes a value.
std::unique_ptr<WatchedRows> watch_in_memory(dataset::BatchSource& source, int threads);

struct StreamingSettings {
  std::string metric, objective;  ///< XGBoost's names
  bool rounds_only_add = true;    ///< a round adds trees and leaves those before as they are
  int threads = 1;
};

/// Goes over `source`, which must outlive the answer, in every round: eight bytes a row.
std::unique_ptr<WatchedRows> watch_streaming(dataset::BatchSource& source, const StreamingSettings& settings);

}  // namespace mf::engine
