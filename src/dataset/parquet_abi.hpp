#pragma once
// The wall between Model Factory and Apache Arrow: what libmf_parquet.so offers, in terms of C.
//
// Arrow takes longer to load than most commands take, and is not everywhere; so it stays on the other side, and a
// program that meets no Parquet file never loads it. Columns cross the wall as the Arrow C data interface
// (arrow.apache.org/docs/format/CDataInterface.html), whose structs are fixed for good and are meant to be copied.
// No exception crosses.

#include <cstdint>

extern "C" {

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
#endif

/// The bytes of a file. read_at writes `size` bytes from `offset` on to `into` and returns how many there were, -1 when
/// they cannot be read; it is called from several threads at once.
struct MfParquetBytes {
  void* owner;
  std::int64_t size;
  std::int64_t (*read_at)(void* owner, std::int64_t offset, std::int64_t size, void* into);
};

/// Why a call failed.
struct MfParquetFault {
  enum Kind : std::int32_t { kNone, kMalformed, kUnsupported, kOutOfMemory };
  std::int32_t kind;
  char words[512];  ///< in the words of Arrow, ended by a zero
};

/// A call that fails returns -1 (or null) and says why in `fault`.
struct MfParquetFunctions {
  /// Such as: Apache Arrow 26.0.1
  const char* library;
  /// Reads the footer. `bytes` is copied; its owner must outlive the file.
  void* (*open)(const MfParquetBytes* bytes, MfParquetFault* fault);
  std::int64_t (*row_count)(const void* file);
  /// All columns; a nested one is one.
  int (*schema)(void* file, ArrowSchema* out, MfParquetFault* fault);
  /// The rows of the named columns (their numbers in the schema, ascending), at most `batch_rows` at a time, row groups
  /// one after the other. The stream must be released before the file is closed.
  int (*read)(void* file, const std::int32_t* columns, std::int64_t count, std::int64_t batch_rows,
              ArrowArrayStream* out, MfParquetFault* fault);
  void (*close)(void* file);
};

/// What libmf_parquet.so exports. The name counts the versions of this page.
const MfParquetFunctions* mf_parquet_1();
}
