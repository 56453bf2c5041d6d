#include <algorithm>
#include <optional>
#include <utility>

#include "dataset/arrow_appender.hpp"
#include "dataset/column_plan.hpp"
#include "dataset/field_text.hpp"
#include "dataset/file_hash.hpp"
#include "dataset/parquet_reader.hpp"
#include "dataset/row_file.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

/// Of the plan for a whole file, what is used; gives the numbers of the columns that remain, ascending.
std::vector<std::int32_t> narrow(ColumnPlan& plan) {
  std::vector<std::int32_t> used;
  for (const auto* uses : {&plan.features, &plan.others})
    for (const auto& use : *uses) used.push_back(static_cast<std::int32_t>(use.field));
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  std::vector<ColumnPlan::Field> fields;
  for (const auto number : used) fields.push_back(plan.fields[static_cast<std::size_t>(number)]);
  plan.fields = std::move(fields);
  for (auto* uses : {&plan.features, &plan.others}) {
    for (auto& use : *uses) {
      const auto place = std::lower_bound(used.begin(), used.end(), static_cast<std::int32_t>(use.field));
      use.field = static_cast<std::size_t>(place - used.begin());
    }
  }
  return used;
}

std::string hint_for(const ArrowType& in_file) {
  if (in_file.kind == ArrowType::Kind::local_time)
    return "Write the times with a zone, such as UTC: without one they name no instant.";
  return "Declare a type that the column can be read as, or write the column in another type; "
         "docs/formats/dataset_materialization.v1.md tells which fit.";
}

class ParquetFile : public RowFile {
 public:
  ParquetFile(const ParquetToRead& what, std::unique_ptr<store::RandomAccess> bytes)
      : what_(what), bytes_(std::move(bytes)), hash_(*bytes_) {}

  std::size_t append_to(Rows& rows, std::size_t enough) override {
    if (!reader_) begin();
    ArrowAppender appender(rows, plan_, what_.ref);
    std::size_t appended = 0;
    while (appended < enough && has_rows()) {
      const std::size_t count = std::min(enough - appended, batch_rows() - taken_);
      appender.append(reader_->batch(), {taken_, count, before_});
      taken_ += count;
      appended += count;
    }
    return appended;
  }

  Fingerprint finish() override {
    const auto found = hash_.finish();
    if (bytes_->unchanged()) return found;
    throw Error(Code::MATERIALIZATION_DIGEST_MISMATCH, "data file " + what_.ref + " was changed while it was read",
                {{"ref", what_.ref}});
  }

 private:
  void begin() {
    reader_.emplace(*bytes_, what_.ref, what_.threads);
    std::vector<std::string_view> names;
    for (const auto& column : reader_->columns()) names.emplace_back(column.name);
    plan_ = plan_columns(what_.materialization, what_.layout, names, what_.ref, HeaderPlace::schema);
    require_types();
    reader_->choose(narrow(plan_));
  }

  void require_types() const {
    for (const auto* uses : {&plan_.features, &plan_.others})
      for (const auto& use : *uses) require_type(use);
  }

  void require_type(const ColumnUse& use) const {
    const auto& column = reader_->columns()[use.field];
    if (reads_as(column.type, use.type)) return;
    throw Error(Code::DATA_INVALID,
                what_.ref + ", column '" + column.name + "': the materialisation says " +
                    std::string(name_of(use.type)) + ", the file holds " + column.type.name,
                {{"ref", what_.ref}, {"column", column.name}}, hint_for(column.type));
  }

  /// Whether rows are left, in this batch or the next that has some.
  bool has_rows() {
    while (taken_ == batch_rows()) {
      before_ += taken_;
      taken_ = 0;
      if (!reader_->next()) return false;
    }
    return true;
  }

  [[nodiscard]] std::size_t batch_rows() const {
    return reader_->batch().empty() ? 0 : reader_->batch().front().size();
  }

  ParquetToRead what_;
  std::unique_ptr<store::RandomAccess> bytes_;
  FileHash hash_;
  std::optional<ParquetReader> reader_;
  ColumnPlan plan_;
  std::size_t taken_ = 0;   // rows of the batch
  std::size_t before_ = 0;  // rows of the file before the batch
};

}  // namespace

std::unique_ptr<RowFile> open_parquet_file(const FileToRead& what) {
  auto bytes = what.store.open_random(key_of(what.file));
  if (!bytes) refuse_missing(what);
  return open_parquet_file({what.layout, what.materialization, what.file.ref, what.threads}, std::move(bytes));
}

std::unique_ptr<RowFile> open_parquet_file(const ParquetToRead& what, std::unique_ptr<store::RandomAccess> bytes) {
  return std::make_unique<ParquetFile>(what, std::move(bytes));
}

}  // namespace mf::dataset
