#include "mf/dataset/read_rows.hpp"

#include <algorithm>

#include "mf/dataset/row_source.hpp"

namespace mf::dataset {
namespace {

constexpr std::size_t kRowsPerTick = 50'000;
/// What a small file can promise without having it is not taken at once.
constexpr std::size_t kMostReserved = std::size_t{16} << 20;

}  // namespace

Rows read_rows(const store::ArtifactStore& store,
               const std::vector<contracts::DatasetMaterialization>& materializations, const RowProgress& progress,
               int threads) {
  const auto source = open_rows(store, materializations, threads);
  Rows rows = source->empty(std::min(source->promised(), kMostReserved));
  while (source->append_to(rows, kRowsPerTick) > 0) {
    if (progress) progress(rows.size(), source->promised());
  }
  return rows;
}

}  // namespace mf::dataset
