// libmf_parquet.so: the other side of dataset/parquet_abi.hpp, the only file that sees Apache Arrow.

// Arrow's own structs of the C data interface, which the wall then leaves alone.
#include <arrow/c/abi.h>

#include "dataset/parquet_abi.hpp"

#include <arrow/api.h>
#include <arrow/c/bridge.h>
#include <arrow/io/interfaces.h>
#include <arrow/util/config.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/exception.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

using arrow::Result;
using arrow::Status;

/// Each column is read through a window of this size, so that memory does not depend on the size of row groups.
constexpr std::int64_t kWindow = std::int64_t{256} << 10;

class Bytes : public arrow::io::RandomAccessFile {
 public:
  explicit Bytes(const MfParquetBytes& bytes) : bytes_(bytes) {}

  Result<std::int64_t> ReadAt(std::int64_t position, std::int64_t size, void* out) override {
    if (position < 0 || size < 0) return Status::Invalid("a place before the beginning of the file");
    const std::int64_t got = bytes_.read_at(bytes_.owner, position, size, out);
    if (got < 0) return Status::IOError("the bytes cannot be read");
    return got;
  }

  Result<std::shared_ptr<arrow::Buffer>> ReadAt(std::int64_t position, std::int64_t size) override {
    // A malformed file may ask for more than there is; it gets no memory for that.
    const std::int64_t room = std::clamp<std::int64_t>(bytes_.size - position, 0, std::max<std::int64_t>(size, 0));
    ARROW_ASSIGN_OR_RAISE(auto buffer, arrow::AllocateResizableBuffer(room, arrow::system_memory_pool()));
    ARROW_ASSIGN_OR_RAISE(const std::int64_t got, ReadAt(position, room, buffer->mutable_data()));
    ARROW_RETURN_NOT_OK(buffer->Resize(got));
    return std::shared_ptr<arrow::Buffer>(std::move(buffer));
  }

  Result<std::int64_t> Read(std::int64_t size, void* out) override {
    ARROW_ASSIGN_OR_RAISE(const std::int64_t got, ReadAt(at_, size, out));
    at_ += got;
    return got;
  }

  Result<std::shared_ptr<arrow::Buffer>> Read(std::int64_t size) override {
    ARROW_ASSIGN_OR_RAISE(auto buffer, ReadAt(at_, size));
    at_ += buffer->size();
    return buffer;
  }

  Status Seek(std::int64_t position) override {
    at_ = position;
    return Status::OK();
  }
  Result<std::int64_t> Tell() const override { return at_; }
  Result<std::int64_t> GetSize() override { return bytes_.size; }
  Status Close() override {
    closed_ = true;
    return Status::OK();
  }
  bool closed() const override { return closed_; }

 private:
  MfParquetBytes bytes_;
  std::int64_t at_ = 0;
  bool closed_ = false;
};

struct File {
  std::unique_ptr<parquet::arrow::FileReader> reader;
};

File& file_of(void* file) { return *static_cast<File*>(file); }

std::int32_t kind_of(const Status& status) {
  if (status.IsOutOfMemory()) return MfParquetFault::kOutOfMemory;
  return status.IsNotImplemented() ? MfParquetFault::kUnsupported : MfParquetFault::kMalformed;
}

void tell(MfParquetFault* fault, std::int32_t kind, const std::string& words) {
  fault->kind = kind;
  const std::size_t size = std::min(words.size(), sizeof fault->words - 1);
  std::memcpy(fault->words, words.data(), size);
  fault->words[size] = '\0';
}

/// Runs `call`; whether it went well.
template <class Call>
bool guarded(MfParquetFault* fault, Call call) noexcept {
  try {
    const Status status = call();
    if (!status.ok()) tell(fault, kind_of(status), status.message());
    return status.ok();
  } catch (const parquet::ParquetStatusException& error) {
    tell(fault, kind_of(error.status()), error.what());
  } catch (const std::bad_alloc&) {
    tell(fault, MfParquetFault::kOutOfMemory, "out of memory");
  } catch (const std::exception& error) {
    tell(fault, MfParquetFault::kMalformed, error.what());
  } catch (...) {
    tell(fault, MfParquetFault::kMalformed, "unknown");
  }
  return false;
}

parquet::ReaderProperties file_properties() {
  parquet::ReaderProperties properties(arrow::system_memory_pool());
  properties.enable_buffered_stream();
  properties.set_buffer_size(kWindow);
  properties.set_page_checksum_verification(true);
  return properties;
}

parquet::ArrowReaderProperties row_properties() {
  parquet::ArrowReaderProperties properties(/*use_threads=*/false);
  properties.set_pre_buffer(false);
  return properties;
}

Status encrypted() { return Status::NotImplemented("the file is encrypted"); }

/// Files with an encrypted footer end in letters of their own.
Status require_readable_footer(Bytes& bytes) {
  ARROW_ASSIGN_OR_RAISE(const std::int64_t size, bytes.GetSize());
  char end[4] = {};
  ARROW_ASSIGN_OR_RAISE(const std::int64_t got, bytes.ReadAt(std::max<std::int64_t>(size - 4, 0), sizeof end, end));
  return got == sizeof end && std::memcmp(end, "PARE", sizeof end) == 0 ? encrypted() : Status::OK();
}

void* open_file(const MfParquetBytes* bytes, MfParquetFault* fault) {
  auto file = std::make_unique<File>();
  const bool good = guarded(fault, [&] {
    const auto source = std::make_shared<Bytes>(*bytes);
    ARROW_RETURN_NOT_OK(require_readable_footer(*source));
    parquet::arrow::FileReaderBuilder builder;
    ARROW_RETURN_NOT_OK(builder.Open(source, file_properties()));
    if (builder.raw_reader()->metadata()->is_encryption_algorithm_set()) return encrypted();
    builder.memory_pool(arrow::system_memory_pool())->properties(row_properties());
    ARROW_ASSIGN_OR_RAISE(file->reader, builder.Build());
    return Status::OK();
  });
  return good ? file.release() : nullptr;
}

std::int64_t row_count(const void* file) {
  return static_cast<const File*>(file)->reader->parquet_reader()->metadata()->num_rows();
}

int schema(void* file, ArrowSchema* out, MfParquetFault* fault) {
  const bool good = guarded(fault, [&] {
    std::shared_ptr<arrow::Schema> columns;
    ARROW_RETURN_NOT_OK(file_of(file).reader->GetSchema(&columns));
    return arrow::ExportSchema(*columns, out);
  });
  return good ? 0 : -1;
}

/// The leaves of a column: one, unless it is nested.
void add_leaves(const parquet::arrow::SchemaField& field, std::vector<int>& leaves) {
  if (field.is_leaf()) leaves.push_back(field.column_index);
  for (const auto& child : field.children) add_leaves(child, leaves);
}

std::vector<int> all_row_groups(const parquet::arrow::FileReader& reader) {
  std::vector<int> groups(static_cast<std::size_t>(reader.num_row_groups()));
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = static_cast<int>(i);
  return groups;
}

int read(void* file, const std::int32_t* columns, std::int64_t count, std::int64_t batch_rows, ArrowArrayStream* out,
         MfParquetFault* fault) {
  const bool good = guarded(fault, [&] {
    auto& reader = *file_of(file).reader;
    reader.set_batch_size(batch_rows);
    std::vector<int> leaves;
    const auto& fields = reader.manifest().schema_fields;
    for (std::int64_t i = 0; i < count; ++i) add_leaves(fields.at(static_cast<std::size_t>(columns[i])), leaves);
    ARROW_ASSIGN_OR_RAISE(auto batches, reader.GetRecordBatchReader(all_row_groups(reader), leaves));
    return arrow::ExportRecordBatchReader(std::shared_ptr<arrow::RecordBatchReader>(std::move(batches)), out);
  });
  return good ? 0 : -1;
}

void close_file(void* file) { delete static_cast<File*>(file); }

}  // namespace

const MfParquetFunctions* mf_parquet_1() {
  static const MfParquetFunctions kFunctions = {
      "Apache Arrow " ARROW_VERSION_STRING, &open_file, &row_count, &schema, &read, &close_file};
  return &kFunctions;
}
