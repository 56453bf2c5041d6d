#include "dataset/parquet_library.hpp"

#include "mf/dataset/parquet_support.hpp"
#include "mf/error.hpp"
#include "mf/shared_library.hpp"

namespace mf::dataset {
namespace {

// Found beside the program: its RUNPATH says ../lib.
constexpr const char* kLibrary = "libmf_parquet.so";

}  // namespace

const MfParquetFunctions& load_parquet(const char* library) {
  try {
    decltype(&mf_parquet_1) functions = nullptr;
    SharedLibrary(library, "Apache Arrow, which reads Parquet,", Code::FORMAT_UNSUPPORTED)
        .find("mf_parquet_1", functions);
    return *functions();
  } catch (const Error& error) {
    throw Error(error.code(), error.what(), error.context(),
                "Run `./dev build` with a network, which installs it, and keep lib/libmf_parquet.so beside bin/; or "
                "provide the rows as CSV.");
  }
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
