#include "mf/dataset/read_rows.hpp"

#include <algorithm>
#include <exception>
#include <optional>

#include "dataset/column_plan.hpp"
#include "dataset/column_roles.hpp"
#include "dataset/csv_reader.hpp"
#include "dataset/hashed_blocks.hpp"
#include "dataset/piece_parser.hpp"
#include "dataset/record_pieces.hpp"
#include "dataset/row_appender.hpp"
#include "mf/error.hpp"
#include "mf/identity/ref.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetMaterialization;
using File = DatasetMaterialization::File;

constexpr std::size_t kRowsPerTick = 50'000;

/// What is needed to read any file of the run.
struct Reading {
  const store::ArtifactStore& store;
  const RowLayout& layout;
  const RowProgress& progress;
  std::size_t row_count;
  int threads;

  /// Tells whenever another kRowsPerTick rows are there; `before` had been told of already.
  void tell(std::size_t before, std::size_t now) const {
    if (progress && now / kRowsPerTick != before / kRowsPerTick) progress(now, row_count);
  }
};

void require_format(const DatasetMaterialization& of) {
  if (of.format == "csv") return;
  throw Error(
      Code::FORMAT_UNSUPPORTED,
      "materialisation of " + of.dataset_manifest_id + ": the format is '" + of.format + "', this build reads csv",
      {{"dataset_manifest_id", of.dataset_manifest_id}, {"expected", "csv"}, {"observed", of.format}});
}

/// A row has a byte at least, so a file cannot hold more rows than bytes: no promise of rows takes memory without end.
void require_plausible_counts(const DatasetMaterialization& of) {
  std::int64_t rows = 0;
  bool plausible = true;
  for (const auto& file : of.files) {
    plausible = plausible && file.rows >= 0 && file.rows <= file.bytes && file.rows <= of.row_count - rows;
    rows += plausible ? file.rows : 0;
  }
  if (plausible && rows == of.row_count) return;
  throw Error(Code::MATERIALIZATION_INVALID,
              "materialisation of " + of.dataset_manifest_id + ": the rows of its files do not add up to row_count " +
                  std::to_string(of.row_count),
              {{"dataset_manifest_id", of.dataset_manifest_id}, {"expected", std::to_string(of.row_count)}});
}

std::unique_ptr<store::Source> open_file(const store::ArtifactStore& store, const File& file) {
  const auto ref = identity::parse_ref(file.ref, "files[].ref");
  if (ref.scheme != identity::Ref::Scheme::store) {
    throw Error(Code::REF_INVALID, "data file " + file.ref + " is not a store key", {{"ref", file.ref}},
                "Put the data file into the store; this build reads data from there only.");
  }
  auto source = store.open(ref.location);
  if (source) return source;
  throw Error(Code::MATERIALIZATION_UNRESOLVED, "data file " + file.ref + " is not in " + store.describe(),
              {{"ref", file.ref}});
}

void require_header(CsvReader& csv, const File& file) {
  if (csv.next()) return;
  throw Error(Code::DATA_EMPTY, file.ref + ": the file is empty, it has not even a header", {{"ref", file.ref}});
}

void require_row_count(std::size_t found, const File& file) {
  if (found == static_cast<std::size_t>(file.rows)) return;
  throw Error(Code::DATA_INVALID,
              file.ref + ": the materialisation says " + std::to_string(file.rows) + " rows, the file holds " +
                  std::to_string(found),
              {{"ref", file.ref}, {"expected", std::to_string(file.rows)}, {"observed", std::to_string(found)}});
}

/// Parses all pieces but the first on other threads, and appends their rows in order.
void read_pieces(Rows& rows, RecordPieces& pieces, const Reading& reading, const PieceContext& context) {
  PieceParser parser(context, reading.threads);
  for (bool more = true; more || !parser.is_empty();) {
    while (more && !parser.is_full()) {
      auto piece = pieces.next();
      more = piece.has_value();
      if (more) parser.give(std::move(*piece));
    }
    if (parser.is_empty()) break;
    const std::size_t before = rows.size();
    append_rows(rows, parser.take());
    reading.tell(before, rows.size());
  }
}

void read_records(Rows& rows, HashedBlocks& bytes, const Reading& reading, const DatasetMaterialization& of,
                  const File& file) {
  const std::size_t before = rows.size();
  RecordPieces pieces(bytes);
  const auto first = pieces.next();
  WholeText text(first ? first->text : std::string_view());
  CsvReader csv(text, file.ref);
  require_header(csv, file);
  const ColumnPlan plan = plan_columns(of, reading.layout, csv.fields(), file.ref);
  RowAppender appender(rows, plan, file.ref);
  while (csv.next()) appender.append(csv.fields(), csv.line());
  reading.tell(before, rows.size());
  read_pieces(rows, pieces, reading, {reading.layout, plan, file.ref});
  require_row_count(rows.size() - before, file);
}

void require_pinned(const HashedBlocks::Fingerprint& found, const File& file) {
  const std::string sha256 = to_hex(found.sha256);
  if (sha256 == file.sha256 && found.bytes == file.bytes) return;
  throw Error(Code::MATERIALIZATION_DIGEST_MISMATCH,
              "data file " + file.ref + " is not the one that was pinned: expected " + std::to_string(file.bytes) +
                  " bytes with SHA-256 " + file.sha256 + ", found " + std::to_string(found.bytes) + " with " + sha256,
              {{"ref", file.ref}, {"expected", file.sha256}, {"observed", sha256}});
}

bool is_about_data(const Error& error) {
  return error.code() == Code::DATA_INVALID || error.code() == Code::DATA_EMPTY;
}

void read_file(Rows& rows, const Reading& reading, const DatasetMaterialization& of, const File& file) {
  const auto source = open_file(reading.store, file);
  HashedBlocks bytes(*source);
  std::exception_ptr fault;
  try {
    read_records(rows, bytes, reading, of, file);
  } catch (const Error& error) {
    // A changed file is the cause, what does not parse in it only a symptom: the digest has the first word.
    if (!is_about_data(error)) throw;
    fault = std::current_exception();
  }
  require_pinned(bytes.finish(), file);
  if (fault) std::rethrow_exception(fault);
}

std::size_t declared_rows(const std::vector<DatasetMaterialization>& materializations) {
  std::size_t rows = 0;
  for (const auto& materialization : materializations) rows += static_cast<std::size_t>(materialization.row_count);
  return rows;
}

RowLayout common_layout(const std::vector<DatasetMaterialization>& materializations) {
  std::optional<RowLayout> first;
  for (const auto& materialization : materializations) {
    require_format(materialization);
    require_plausible_counts(materialization);
    const RowLayout layout = layout_of(materialization);
    if (!first) first = layout;
    require_same_layout(*first, layout, materialization.dataset_manifest_id);
    require_same_types(materializations.front(), materialization);
  }
  if (!first) throw Error(Code::DATA_EMPTY, "no materialisation was given, so there are no rows");
  return *first;
}

[[noreturn]] void refuse_nothing(const std::vector<DatasetMaterialization>& materializations) {
  std::string files;
  for (const auto& materialization : materializations)
    for (const auto& file : materialization.files) files += (files.empty() ? "" : ", ") + file.ref;
  throw Error(Code::DATA_EMPTY, "the dataset has no rows: its files hold headers only: " + files, {{"ref", files}});
}

}  // namespace

void require_one_table(const std::vector<DatasetMaterialization>& materializations) {
  static_cast<void>(common_layout(materializations));
}

Rows read_rows(const store::ArtifactStore& store, const std::vector<DatasetMaterialization>& materializations,
               const RowProgress& progress, int threads) {
  const RowLayout layout = common_layout(materializations);
  const Reading reading{store, layout, progress, declared_rows(materializations), threads};
  Rows rows = empty_rows(layout, reading.row_count);
  for (const auto& materialization : materializations) {
    for (const auto& file : materialization.files) read_file(rows, reading, materialization, file);
  }
  if (rows.size() == 0) refuse_nothing(materializations);
  if (progress) progress(rows.size(), reading.row_count);
  return rows;
}

}  // namespace mf::dataset
