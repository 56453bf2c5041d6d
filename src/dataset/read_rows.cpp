#include "mf/dataset/read_rows.hpp"

#include "mf/dataset/row_source.hpp"

namespace mf::dataset {
namespace {

constexpr std::size_t kRowsPerTick = 50'000;

}  // namespace

Rows read_rows(const store::ArtifactStore& store,
               const std::vector<contracts::DatasetMaterialization>& materializations, const RowProgress& progress,
               int threads) {
  const auto source = open_rows(store, materializations, threads);
  Rows rows = source->empty(kRowsPerTick);
  while (source->append_to(rows, kRowsPerTick) > 0) {
    if (progress) progress(rows.size(), source->promised());
  }
  return rows;
}

}  // namespace mf::dataset
