#pragma once
// The rows of one data file, whatever its format.

#include <cstddef>
#include <memory>
#include <string>

#include "dataset/column_roles.hpp"
#include "dataset/hashed_blocks.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/dataset/rows.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::dataset {

/// Gives the rows of a file once, from first to last, and knows in the end what its bytes were. One thread.
class RowFile {
 public:
  virtual ~RowFile() = default;

  /// Appends the next rows to `rows`, about `enough` of them, and says how many: none only at the end of the file.
  /// Throws DATA_INVALID, DATA_EMPTY, and what the store throws; then only finish may still be called.
  virtual std::size_t append_to(Rows& rows, std::size_t enough) = 0;

  /// What the whole file is, including what was not looked at. Once.
  virtual Fingerprint finish() = 0;
};

/// What is needed to open a file. All of it must outlive the file.
struct FileToRead {
  const store::ArtifactStore& store;
  const RowLayout& layout;
  const contracts::DatasetMaterialization& materialization;
  const contracts::DatasetMaterialization::File& file;
  int threads = 1;                                      ///< to parse with
  std::size_t block_bytes = HashedBlocks::kBlockBytes;  ///< of a CSV, to read at a time; the rows do not depend on it
};

/// Opens a file of the format that its materialisation declares; nothing of it is parsed yet. Throws
/// MATERIALIZATION_UNRESOLVED, REF_INVALID, FORMAT_UNSUPPORTED and what the store throws.
std::unique_ptr<RowFile> open_row_file(const FileToRead& what);

/// CSV, plain or packed.
std::unique_ptr<RowFile> open_csv_file(const FileToRead& what);
std::unique_ptr<RowFile> open_parquet_file(const FileToRead& what);

/// A Parquet file that need not lie in a store. All but the bytes must outlive the file.
struct ParquetToRead {
  const RowLayout& layout;
  const contracts::DatasetMaterialization& materialization;
  const std::string& ref;  ///< its name in messages
  int threads = 1;
};
std::unique_ptr<RowFile> open_parquet_file(const ParquetToRead& what, std::unique_ptr<store::RandomAccess> bytes);

/// The key in the store of a data file. Throws REF_INVALID.
std::string key_of(const contracts::DatasetMaterialization::File& file);

/// Throws MATERIALIZATION_UNRESOLVED.
[[noreturn]] void refuse_missing(const FileToRead& what);

}  // namespace mf::dataset
