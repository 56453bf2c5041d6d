// A data file and what a materialisation says of it: refused, or read into rows that fit together.
//
// The first line of the input describes the columns, three digits each: role, type, and a second role (`:` is none).
// Columns are named a, b, c, ... in that order. The rest is the file. seeds/csv has examples.

#include <algorithm>
#include <array>

#include "accepted.hpp"
#include "dataset/csv_reader.hpp"
#include "dataset/hashed_blocks.hpp"
#include "mf/dataset/read_rows.hpp"
#include "mf/identity/digest.hpp"

namespace {

using mf::contracts::DatasetMaterialization;
using mf::dataset::Rows;
using Records = std::vector<std::vector<std::string>>;

constexpr std::array kRoles = {"subject_key",  "event_time", "label",      "label_observed_time",
                               "feature_time", "amount",     "entity_key", "weight",
                               "slice",        "feature"};
constexpr std::array kTypes = {"string", "bool", "int64", "float32", "float64", "timestamp", "epoch_s", "epoch_ms"};

std::size_t choice(char digit, std::size_t of) { return static_cast<unsigned char>(digit - '0') % of; }

std::vector<DatasetMaterialization::Column> columns_of(std::string_view description) {
  std::vector<DatasetMaterialization::Column> columns;
  for (; description.size() >= 3 && columns.size() < 26; description.remove_prefix(3)) {
    const std::string name(1, static_cast<char>('a' + columns.size()));
    columns.push_back(
        {name, kTypes[choice(description[1], kTypes.size())], {kRoles[choice(description[0], kRoles.size())]}});
    const std::size_t second = choice(description[2], kRoles.size() + 1);
    if (second < kRoles.size()) columns.back().roles.emplace_back(kRoles[second]);
  }
  return columns;
}

/// The records of `file`, read in blocks of `block_bytes`; nothing when it is refused.
std::optional<Records> records_of(std::string_view file, std::size_t block_bytes) {
  return mf::fuzz::accepted([&] {
    const auto source = mf::store::source_of(file);
    mf::dataset::HashedBlocks blocks(*source, block_bytes);
    mf::dataset::CsvReader reader(blocks, "input");
    Records records;
    while (reader.next()) records.emplace_back(reader.fields().begin(), reader.fields().end());
    return records;
  });
}

DatasetMaterialization materialization_of(std::string_view columns, std::string_view file, std::size_t records) {
  DatasetMaterialization of;
  of.dataset_manifest_id = "dm_fuzz";
  of.format = "csv";
  of.columns = columns_of(columns);
  of.row_count = static_cast<std::int64_t>(std::max<std::size_t>(records, 1)) - 1;
  of.files = {{"input.csv", mf::identity::sha256_hex(file), static_cast<std::int64_t>(file.size()), of.row_count}};
  return of;
}

bool fills(std::size_t column, const Rows& rows) { return column == 0 || column == rows.size(); }

bool fit_together(const Rows& rows) {
  const bool optional_ones = fills(rows.feature_time.size(), rows) && fills(rows.amounts.size(), rows) &&
                             fills(rows.weights.size(), rows) && fills(rows.entities.size(), rows);
  return optional_ones && rows.features.size() == rows.size() * rows.feature_names.size() &&
         rows.keys.size() == rows.size() && rows.event_time.size() == rows.size() &&
         rows.label_time.size() == rows.size() &&
         std::all_of(rows.slices.begin(), rows.slices.end(),
                     [&](const auto& s) { return s.values.size() == rows.size(); });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = mf::fuzz::text_of(data, size);
  const auto columns = input.substr(0, input.find('\n'));
  const auto file = input.substr(std::min(columns.size() + 1, input.size()));

  const auto records = records_of(file, std::max<std::size_t>(file.size() / 8, 16));
  mf::fuzz::require(records == records_of(file, file.size() + 1), "records do not depend on the size of blocks");

  const auto store = mf::store::open_memory();
  store->put_if_absent("input.csv", file);
  const auto materialization = materialization_of(columns, file, records ? records->size() : 0);
  const auto rows = mf::fuzz::accepted([&] { return mf::dataset::read_rows(*store, {materialization}); });
  if (!rows) return 0;
  mf::fuzz::require(records.has_value(), "rows come only out of a file that is CSV");
  mf::fuzz::require(rows->size() + 1 == records->size(), "each record below the header is a row");
  mf::fuzz::require(fit_together(*rows), "each column has one element for each row, or none");
  return 0;
}
