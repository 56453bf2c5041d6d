#pragma once
// A Parquet file as batches of columns: the C side of dataset/parquet_abi.hpp made safe.

#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "dataset/arrow_column.hpp"
#include "dataset/arrow_type.hpp"
#include "dataset/parquet_abi.hpp"
#include "dataset/read_ahead.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::dataset {

/// Holds one of Arrow's C structs, and lets go of what is in it.
template <class Struct>
class Released {
 public:
  Released() = default;
  ~Released() { release(); }
  Released(const Released&) = delete;
  Released& operator=(const Released&) = delete;
  Struct* operator->() { return &content_; }
  Struct& operator*() { return content_; }
  /// Empty, to be filled anew.
  Struct* fresh() {
    release();
    content_ = {};
    return &content_;
  }

 private:
  void release() {
    if (content_.release != nullptr) content_.release(&content_);
  }
  Struct content_{};
};

/// Reads one file. Used by one thread; all it refers to must outlive it.
class ParquetReader {
 public:
  struct Column {
    std::string name;
    ArrowType type;
  };

  /// Reads the footer. `ref` names the file in messages; with more than one of `threads`, each batch is read while the
  /// one before it is in use. Throws DATA_INVALID when the file is no Parquet file or
  /// damaged, FORMAT_UNSUPPORTED (no Arrow, or none that knows the file's codecs), OUT_OF_MEMORY and what reading
  /// `bytes` throws, as all of its functions do.
  ParquetReader(const store::RandomAccess& bytes, std::string ref, int threads = 1);

  /// In the order of the file.
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] std::int64_t row_count() const;

  /// Begins to read the columns with these numbers, ascending.
  void choose(const std::vector<std::int32_t>& numbers);

  /// Moves to the next batch of at most kBatchRows rows; false at the end.
  bool next();

  /// The chosen columns of the batch; valid until next.
  [[nodiscard]] const std::vector<ArrowColumn>& batch() const { return batch_; }

 private:
  /// So many rows of a column, as floats, stay in the processor's nearest memory.
  static constexpr std::int64_t kBatchRows = 8'192;

  static std::int64_t read_at(void* owner, std::int64_t offset, std::int64_t size, void* into) noexcept;
  void read_schema();
  std::unique_ptr<Released<ArrowArray>> fetch();
  void require_chosen_columns(const ArrowArray& batch) const;
  void require(bool good) const;
  [[noreturn]] void refuse(std::int32_t kind, const std::string& words) const;
  void rethrow_store_failure() const;

  /// A page of each column is much memory, which is wanted for training next.
  struct MemoryGivenBack {
    ~MemoryGivenBack();
  };

  [[no_unique_address]] MemoryGivenBack last_;  // to go
  const store::RandomAccess& bytes_;
  std::string ref_;
  const int threads_;
  const MfParquetFunctions& arrow_;
  mutable std::mutex mutex_;
  std::exception_ptr store_failure_;  // what no exception could be told through C
  MfParquetFault fault_{};
  std::unique_ptr<void, void (*)(void*)> file_;
  std::vector<Column> columns_;
  std::vector<std::int32_t> chosen_;
  Released<ArrowArrayStream> stream_;
  std::unique_ptr<Released<ArrowArray>> array_;
  std::vector<ArrowColumn> batch_;
  std::optional<ReadAhead<Released<ArrowArray>>> ahead_;  // goes first: it uses all of the above
};

}  // namespace mf::dataset
