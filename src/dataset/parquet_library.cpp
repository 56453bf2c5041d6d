#include "dataset/parquet_library.hpp"

#include <dlfcn.h>

#include "mf/dataset/parquet_support.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

// Found beside the program: its RUNPATH says ../lib.
constexpr const char* kLibrary = "libmf_parquet.so";

[[noreturn]] void refuse() {
  throw Error(Code::PARQUET_UNAVAILABLE, std::string("Apache Arrow cannot be loaded: ") + ::dlerror());
}

}  // namespace

const MfParquetFunctions& load_parquet(const char* library) {
  // Everything is bound at once: an installation with parts missing is refused here, instead of ending the process.
  void* handle = ::dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) refuse();
  void* functions = ::dlsym(handle, "mf_parquet_1");
  if (functions == nullptr) refuse();
  return *reinterpret_cast<decltype(&mf_parquet_1)>(functions)();
}

const MfParquetFunctions& parquet() {
  static const MfParquetFunctions& functions = load_parquet(kLibrary);
  return functions;
}

void require_parquet(const std::string& dataset_manifest_id) {
  try {
    parquet();
  } catch (Error& error) {
    throw error.with("dataset_manifest_id", dataset_manifest_id);
  }
}

std::string parquet_version() { return parquet().library; }

}  // namespace mf::dataset
