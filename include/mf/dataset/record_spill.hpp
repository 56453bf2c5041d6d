#pragma once
// What is told of each row when all is done, on disk until then: its key, event time, amount, entity and slices.
//
// Room: dataset.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mf/dataset/rows.hpp"
#include "mf/store/scratch_file.hpp"

namespace mf::dataset {

/// Records block after block, as they were appended.
class RecordSpill {
 public:
  /// In the folder `folder`. Throws as ScratchFile.
  explicit RecordSpill(const std::string& folder) : file_(folder) {}

  /// Appends the records of `rows` as one block. Throws as ScratchFile; the spill is then of no use.
  void append(const Rows& rows);

  [[nodiscard]] std::size_t block_count() const { return blocks_.size(); }
  /// The number of the first row of a block.
  [[nodiscard]] std::size_t first_row(std::size_t block) const { return blocks_[block].first_row; }

  /// The records of a block: rows without features and labels. Throws STORE_UNAVAILABLE. Any thread.
  [[nodiscard]] Rows read(std::size_t block) const;

  /// The subject keys of `rows`, which ascend. Throws STORE_UNAVAILABLE.
  [[nodiscard]] TextColumn keys_of(std::span<const std::size_t> rows) const;

  /// The event times of `rows`, which ascend. Throws STORE_UNAVAILABLE.
  [[nodiscard]] std::vector<std::int64_t> event_times_of(std::span<const std::size_t> rows) const;

 private:
  template <class Take>
  void visit(std::span<const std::size_t> rows, const Take& take) const;

  struct Block {
    std::size_t first_row;
    std::uint64_t offset, size;
  };

  store::ScratchFile file_;
  std::vector<Block> blocks_;
  std::vector<std::string> slice_names_;
  std::size_t rows_ = 0;
};

}  // namespace mf::dataset
