#include "dataset/parquet_reader.hpp"

#include <malloc.h>

#include <cerrno>
#include <new>
#include <utility>

#include "dataset/field_text.hpp"
#include "dataset/parquet_library.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

constexpr std::size_t kLongestWords = 200;

std::int32_t kind_of(int status) {
  if (status == ENOMEM) return MfParquetFault::kOutOfMemory;
  return status == ENOSYS ? MfParquetFault::kUnsupported : MfParquetFault::kMalformed;
}

}  // namespace

ParquetReader::ParquetReader(const store::RandomAccess& bytes, std::string ref, int threads)
    : bytes_(bytes), ref_(std::move(ref)), threads_(threads), arrow_(parquet()), file_(nullptr, arrow_.close) {
  const MfParquetBytes source{this, static_cast<std::int64_t>(bytes.size()), &ParquetReader::read_at};
  file_.reset(arrow_.open(&source, &fault_));
  require(file_ != nullptr);
  read_schema();
}

ParquetReader::MemoryGivenBack::~MemoryGivenBack() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

std::int64_t ParquetReader::row_count() const { return arrow_.row_count(file_.get()); }

void ParquetReader::read_schema() {
  Released<ArrowSchema> schema;
  require(arrow_.schema(file_.get(), schema.fresh(), &fault_) == 0);
  for (std::int64_t i = 0; i < schema->n_children; ++i) {
    const ArrowSchema& column = *schema->children[i];
    columns_.push_back({column.name, type_of(column)});
  }
}

void ParquetReader::choose(const std::vector<std::int32_t>& numbers) {
  chosen_ = numbers;
  require(arrow_.read(file_.get(), chosen_.data(), static_cast<std::int64_t>(chosen_.size()), kBatchRows,
                      stream_.fresh(), &fault_) == 0);
}

bool ParquetReader::next() {
  batch_.clear();
  array_.reset();
  if (threads_ > 1 && !ahead_) ahead_.emplace([this] { return fetch(); });
  array_ = ahead_ ? ahead_->next() : fetch();
  if (!array_) return false;
  for (std::size_t i = 0; i < chosen_.size(); ++i)
    batch_.emplace_back(columns_[static_cast<std::size_t>(chosen_[i])].type, *(*array_)->children[i]);
  return true;
}

/// The next batch, or null at the end.
std::unique_ptr<Released<ArrowArray>> ParquetReader::fetch() {
  auto array = std::make_unique<Released<ArrowArray>>();
  int status = 0;
  try {
    status = stream_->get_next(&*stream_, array->fresh());
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {  // Arrow promises none, and keeps that for its own
    refuse(MfParquetFault::kMalformed, error.what());
  }
  if (status != 0) {
    const char* words = stream_->get_last_error(&*stream_);
    refuse(kind_of(status), words == nullptr ? "" : words);
  }
  rethrow_store_failure();
  if ((*array)->release == nullptr) return nullptr;
  require_chosen_columns(**array);
  return array;
}

void ParquetReader::require_chosen_columns(const ArrowArray& batch) const {
  bool good = batch.n_children == static_cast<std::int64_t>(chosen_.size()) && batch.offset == 0;
  for (std::int64_t i = 0; good && i < batch.n_children; ++i) good = batch.children[i]->length == batch.length;
  if (!good) refuse(MfParquetFault::kMalformed, "a batch does not have the columns that were asked for");
}

void ParquetReader::require(bool good) const {
  rethrow_store_failure();
  if (!good) refuse(fault_.kind, fault_.words);
}

void ParquetReader::rethrow_store_failure() const {
  const std::scoped_lock lock(mutex_);
  if (store_failure_) std::rethrow_exception(store_failure_);
}

void ParquetReader::refuse(std::int32_t kind, const std::string& words) const {
  rethrow_store_failure();
  const std::string what = printable(words, kLongestWords);
  if (kind == MfParquetFault::kOutOfMemory)
    throw Error(Code::OUT_OF_MEMORY, ref_ + ": reading Parquet: " + what, {{"ref", ref_}});
  if (kind == MfParquetFault::kUnsupported)
    throw Error(Code::FORMAT_UNSUPPORTED, ref_ + ": " + arrow_.library + " cannot read this Parquet file: " + what,
                {{"ref", ref_}}, "Write the file anew, with common encodings and codecs.");
  throw Error(Code::DATA_INVALID, ref_ + ": no Parquet file, or a damaged one: " + what, {{"ref", ref_}},
              "Check that the file is the right one and whole; `mf pin` pins it.");
}

std::int64_t ParquetReader::read_at(void* owner, std::int64_t offset, std::int64_t size, void* into) noexcept {
  auto& reader = *static_cast<ParquetReader*>(owner);
  try {
    const std::size_t got = reader.bytes_.read_at(static_cast<std::uint64_t>(offset),
                                                  {static_cast<char*>(into), static_cast<std::size_t>(size)});
    return static_cast<std::int64_t>(got);
  } catch (...) {
    const std::scoped_lock lock(reader.mutex_);
    reader.store_failure_ = std::current_exception();
    return -1;
  }
}

}  // namespace mf::dataset
