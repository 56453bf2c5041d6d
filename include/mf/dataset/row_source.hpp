#pragma once
// The labelled rows of materialisations as a stream: what is held is only what was asked for.
//
// Room: dataset.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "mf/contracts/dataset_materialization.hpp"
#include "mf/dataset/rows.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::dataset {

/// Gives rows in canonical order (mf/dataset/rows.hpp), whatever the format of their files. Used by one thread.
class RowSource {
 public:
  virtual ~RowSource() = default;

  /// Rows without rows: the columns that append_to fills, with room for `count` rows.
  [[nodiscard]] virtual Rows empty(std::size_t count) const = 0;

  /// Appends the next rows to `rows`, which empty() made, about `enough` of them, and says how many: the portions are
  /// as the files make them, the rows do not depend on that. 0 only at the end. For batches, clear `rows`
  /// (mf::dataset::clear) between the calls: its memory stays. A row may be believed only once the source has come to
  /// its end without throwing: a file's bytes are known to be the pinned ones after its last row, and the last file is
  /// checked before 0 is returned. Throws what read_rows throws; after that, the source is of no use.
  virtual std::size_t append_to(Rows& rows, std::size_t enough) = 0;

  /// How many rows the materialisations promise.
  [[nodiscard]] virtual std::size_t promised() const = 0;
};

/// Takes all rows out of `rows`; columns and memory stay.
void clear(Rows& rows);

/// The rows of `materializations`, in the order given, parsed on `threads` threads. `store` must outlive the source.
/// Opens no file before the first call of append_to. Throws what require_one_table throws.
std::unique_ptr<RowSource> open_rows(const store::ArtifactStore& store,
                                     std::vector<contracts::DatasetMaterialization> materializations, int threads = 1);

}  // namespace mf::dataset
