#include "mf/dataset/row_source.hpp"

#include <algorithm>
#include <exception>
#include <optional>

#include "dataset/column_roles.hpp"
#include "dataset/row_appender.hpp"
#include "dataset/row_file.hpp"
#include "mf/dataset/read_rows.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetMaterialization;
using File = DatasetMaterialization::File;

/// The rows of a plain CSV file have a byte at least each; what is packed may hold many more rows than bytes, and is
/// found out when it gives more than it promised.
bool is_plausible(const DatasetMaterialization& of, const File& file) {
  return file.rows >= 0 && (of.format != "csv" || file.rows <= file.bytes);
}

void require_plausible_counts(const DatasetMaterialization& of) {
  std::int64_t rows = 0;
  bool plausible = true;
  for (const auto& file : of.files) {
    plausible = plausible && is_plausible(of, file) && file.rows <= of.row_count - rows;
    rows += plausible ? file.rows : 0;
  }
  if (plausible && rows == of.row_count) return;
  throw Error(Code::MATERIALIZATION_INVALID,
              "materialisation of " + of.dataset_manifest_id + ": the rows of its files do not add up to row_count " +
                  std::to_string(of.row_count),
              {{"dataset_manifest_id", of.dataset_manifest_id}, {"expected", std::to_string(of.row_count)}});
}

RowLayout common_layout(const std::vector<DatasetMaterialization>& materializations) {
  std::optional<RowLayout> first;
  for (const auto& materialization : materializations) {
    require_readable_format(materialization);
    require_plausible_counts(materialization);
    const RowLayout layout = layout_of(materialization);
    if (!first) first = layout;
    require_same_layout(*first, layout, materialization.dataset_manifest_id);
    require_same_types(materializations.front(), materialization);
  }
  if (!first) throw Error(Code::DATA_EMPTY, "no materialisation was given, so there are no rows");
  return *first;
}

std::size_t promised_rows(const std::vector<DatasetMaterialization>& materializations) {
  std::size_t rows = 0;
  for (const auto& materialization : materializations) rows += static_cast<std::size_t>(materialization.row_count);
  return rows;
}

void require_pinned(const Fingerprint& found, const File& file) {
  const std::string sha256 = to_hex(found.sha256);
  if (sha256 == file.sha256 && found.bytes == file.bytes) return;
  throw Error(Code::MATERIALIZATION_DIGEST_MISMATCH,
              "data file " + file.ref + " is not the one that was pinned: expected " + std::to_string(file.bytes) +
                  " bytes with SHA-256 " + file.sha256 + ", found " + std::to_string(found.bytes) + " with " + sha256,
              {{"ref", file.ref}, {"expected", file.sha256}, {"observed", sha256}});
}

[[noreturn]] void refuse_row_count(const File& file, const std::string& found) {
  throw Error(Code::DATA_INVALID,
              file.ref + ": the materialisation says " + std::to_string(file.rows) + " rows, the file holds " + found,
              {{"ref", file.ref}, {"expected", std::to_string(file.rows)}, {"observed", found}});
}

bool is_about_data(const Error& error) {
  return error.code() == Code::DATA_INVALID || error.code() == Code::DATA_EMPTY ||
         error.code() == Code::FORMAT_UNSUPPORTED;
}

/// Files one after the other, each checked when its rows are all there.
class FilesOfRows : public RowSource {
 public:
  FilesOfRows(const store::ArtifactStore& store, std::vector<DatasetMaterialization> materializations, int threads)
      : store_(store),
        materializations_(std::move(materializations)),
        layout_(common_layout(materializations_)),
        threads_(threads) {}

  [[nodiscard]] Rows empty(std::size_t count) const override { return empty_rows(layout_, count); }
  [[nodiscard]] std::size_t promised() const override { return promised_rows(materializations_); }

  std::size_t append_to(Rows& rows, std::size_t enough) override {
    std::size_t appended = 0;
    while (appended < enough && (file_ || open_next())) {
      const std::size_t got = checked([&] { return append_of_file(rows, enough - appended); });
      appended += got;
      if (got == 0) close();
    }
    // The end of the last file is the end of the rows: its bytes are judged before anybody hears of it.
    if (appended > 0 || given_ > 0) return appended;
    refuse_nothing();
  }

 private:
  bool open_next() {
    if (materialization_ == materializations_.size()) return false;
    file_ = open_row_file({store_, layout_, current(), current_file(), threads_});
    given_of_file_ = 0;
    return true;
  }

  /// One row more than was promised is asked for, so that a file that goes on without end is left at once.
  std::size_t append_of_file(Rows& rows, std::size_t enough) {
    const auto promised = static_cast<std::size_t>(current_file().rows);
    const std::size_t got = file_->append_to(rows, std::min(enough, promised - given_of_file_ + 1));
    given_of_file_ += got;
    given_ += got;
    if (given_of_file_ > promised) refuse_row_count(current_file(), "more");
    if (got == 0 && given_of_file_ < promised) refuse_row_count(current_file(), std::to_string(given_of_file_));
    return got;
  }

  /// A changed file is the cause, what does not parse in it only a symptom: the digest has the first word.
  template <class Read>
  std::size_t checked(Read read) {
    try {
      return read();
    } catch (const Error& error) {
      if (!is_about_data(error)) throw;
      const auto fault = std::current_exception();
      require_pinned(file_->finish(), current_file());
      std::rethrow_exception(fault);
    }
  }

  void close() {
    require_pinned(file_->finish(), current_file());
    file_.reset();
    if (++file_number_ < current().files.size()) return;
    file_number_ = 0;
    ++materialization_;
  }

  [[noreturn]] void refuse_nothing() const {
    std::string files;
    for (const auto& materialization : materializations_)
      for (const auto& file : materialization.files) files += (files.empty() ? "" : ", ") + file.ref;
    throw Error(Code::DATA_EMPTY, "the dataset has no rows: its files hold headers only: " + files, {{"ref", files}});
  }

  [[nodiscard]] const DatasetMaterialization& current() const { return materializations_[materialization_]; }
  [[nodiscard]] const File& current_file() const { return current().files[file_number_]; }

  const store::ArtifactStore& store_;
  const std::vector<DatasetMaterialization> materializations_;
  const RowLayout layout_;
  const int threads_;
  std::unique_ptr<RowFile> file_;
  std::size_t materialization_ = 0, file_number_ = 0;
  std::size_t given_ = 0, given_of_file_ = 0;
};

}  // namespace

void require_one_table(const std::vector<DatasetMaterialization>& materializations) {
  static_cast<void>(common_layout(materializations));
}

std::unique_ptr<RowSource> open_rows(const store::ArtifactStore& store,
                                     std::vector<DatasetMaterialization> materializations, int threads) {
  return std::make_unique<FilesOfRows>(store, std::move(materializations), threads);
}

void clear(Rows& rows) {
  for (auto* column : {&rows.event_time, &rows.label_time, &rows.feature_time}) column->clear();
  rows.features.clear();
  rows.labels.clear();
  rows.amounts.clear();
  rows.weights.clear();
  rows.keys.clear();
  rows.entities.clear();
  for (auto& category : rows.categories) category.values.clear();
  for (auto& slice : rows.slices) slice.values.clear();
}

}  // namespace mf::dataset
