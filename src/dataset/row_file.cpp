#include "dataset/row_file.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "dataset/parquet_library.hpp"
#include "mf/dataset/read_rows.hpp"
#include "mf/error.hpp"
#include "mf/identity/ref.hpp"

namespace mf::dataset {
namespace {

constexpr std::array<std::string_view, 4> kFormats = {"csv", "csv.gz", "csv.zst", "parquet"};

}  // namespace

void require_readable_format(const contracts::DatasetMaterialization& of) {
  if (of.format == "parquet") require_parquet(of.dataset_manifest_id);
  if (std::find(kFormats.begin(), kFormats.end(), of.format) != kFormats.end()) return;
  throw Error(Code::FORMAT_UNSUPPORTED,
              "materialisation of " + of.dataset_manifest_id + ": the format is '" + of.format +
                  "', this build reads csv, csv.gz, csv.zst and parquet",
              {{"dataset_manifest_id", of.dataset_manifest_id}, {"observed", of.format}});
}

std::unique_ptr<RowFile> open_row_file(const FileToRead& what) {
  require_readable_format(what.materialization);
  return what.materialization.format == "parquet" ? open_parquet_file(what) : open_csv_file(what);
}

std::string key_of(const contracts::DatasetMaterialization::File& file) {
  const auto ref = identity::parse_ref(file.ref, "files[].ref");
  if (ref.scheme == identity::Ref::Scheme::store) return ref.location;
  throw Error(Code::REF_INVALID, "data file " + file.ref + " is not a store key", {{"ref", file.ref}},
              "Put the data file into the store; this build reads data from there only.");
}

void refuse_missing(const FileToRead& what) {
  throw Error(Code::MATERIALIZATION_UNRESOLVED, "data file " + what.file.ref + " is not in " + what.store.describe(),
              {{"ref", what.file.ref}});
}

}  // namespace mf::dataset
