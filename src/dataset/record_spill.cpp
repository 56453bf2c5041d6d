#include "mf/dataset/record_spill.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace mf::dataset {
namespace {

/// Vectors end to end, each after the number of its elements. This process reads what it has written: nothing else is
/// agreed upon.
class BlockWriter {
 public:
  template <class Elements>
  void write(const Elements& elements) {
    const std::uint64_t count = elements.size();
    put(&count, sizeof count);
    put(elements.data(), elements.size() * sizeof(*elements.data()));
  }
  void write(const TextColumn& column) {
    write(column.bytes());
    write(column.ends());
  }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  void put(const void* data, std::size_t size) { bytes_.append(static_cast<const char*>(data), size); }

  std::string bytes_;
};

class BlockReader {
 public:
  explicit BlockReader(std::string_view bytes) : bytes_(bytes) {}

  template <class Elements>
  void read(Elements& elements) {
    std::uint64_t count = 0;
    take(&count, sizeof count);
    elements.resize(count);
    take(elements.data(), count * sizeof(*elements.data()));
  }
  void read(TextColumn& column) {
    std::string text;
    std::vector<std::size_t> ends;
    read(text);
    read(ends);
    column.assign(std::move(text), std::move(ends));
  }

 private:
  void take(void* room, std::size_t size) {
    if (size > 0) std::memcpy(room, bytes_.data(), size);
    bytes_.remove_prefix(size);
  }

  std::string_view bytes_;
};

/// The columns of a record, in the order in which they are kept.
template <class SomeRows, class Visit>
void for_each_column(SomeRows& rows, Visit visit) {
  visit(rows.keys);
  visit(rows.event_time);
  visit(rows.amounts);
  visit(rows.entities);
  for (auto& slice : rows.slices) visit(slice.values);
}

}  // namespace

void RecordSpill::append(const Rows& rows) {
  slice_names_.clear();
  for (const auto& slice : rows.slices) slice_names_.push_back(slice.name);
  BlockWriter block;
  for_each_column(rows, [&](const auto& column) { block.write(column); });
  blocks_.push_back({rows_, file_.size(), block.bytes().size()});
  rows_ += rows.event_time.size();
  file_.append(block.bytes());
}

Rows RecordSpill::read(std::size_t block) const {
  std::string bytes(blocks_[block].size, '\0');
  file_.read(blocks_[block].offset, bytes);
  Rows rows;
  for (const auto& name : slice_names_) rows.slices.push_back({name, {}});
  BlockReader reader(bytes);
  for_each_column(rows, [&](auto& column) { reader.read(column); });
  return rows;
}

/// Gives each of `rows` to `take`: the block that it is in, and its place there.
template <class Take>
void RecordSpill::visit(std::span<const std::size_t> rows, const Take& take) const {
  for (std::size_t block = 0, i = 0; i < rows.size(); ++block) {
    const std::size_t end = block + 1 < blocks_.size() ? first_row(block + 1) : rows_;
    if (rows[i] >= end) continue;
    const Rows records = read(block);
    for (; i < rows.size() && rows[i] < end; ++i) take(records, rows[i] - first_row(block));
  }
}

TextColumn RecordSpill::keys_of(std::span<const std::size_t> rows) const {
  TextColumn keys;
  visit(rows, [&](const Rows& records, std::size_t place) { keys.append(records.keys[place]); });
  return keys;
}

std::vector<std::int64_t> RecordSpill::event_times_of(std::span<const std::size_t> rows) const {
  std::vector<std::int64_t> times;
  times.reserve(rows.size());
  visit(rows, [&](const Rows& records, std::size_t place) { times.push_back(records.event_time[place]); });
  return times;
}

}  // namespace mf::dataset
