#include <exception>
#include <optional>

#include "dataset/column_plan.hpp"
#include "dataset/csv_reader.hpp"
#include "dataset/piece_parser.hpp"
#include "dataset/plain_records.hpp"
#include "dataset/record_pieces.hpp"
#include "dataset/row_appender.hpp"
#include "dataset/row_file.hpp"
#include "dataset/unpacked_blocks.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

/// Cut into pieces of whole records by the thread that asks, which are parsed on others and appended in order. The
/// first piece, which begins with the header, is parsed by the asking thread itself.
class CsvFile : public RowFile {
 public:
  CsvFile(const FileToRead& what, std::unique_ptr<store::Source> source)
      : what_(what), source_(std::move(source)), bytes_(*source_, what.block_bytes) {
    if (const auto packing = packing_of(what.materialization.format)) text_.emplace(bytes_, *packing, what.file.ref);
  }

  std::size_t append_to(Rows& rows, std::size_t enough) override {
    const std::size_t before = rows.size();
    if (!pieces_) append_first(rows);
    while (rows.size() - before < enough) {
      give_pieces();
      if (parser_->is_empty()) break;
      append_rows(rows, parser_->take());
    }
    return rows.size() - before;
  }

  Fingerprint finish() override { return bytes_.finish(); }

 private:
  void append_first(Rows& rows) {
    pieces_.emplace(text_ ? static_cast<Blocks&>(*text_) : bytes_);
    const auto first = pieces_->next();
    WholeText text(first ? first->text : std::string_view());
    CsvReader csv(text, what_.file.ref);
    if (!csv.next()) {
      throw Error(Code::DATA_EMPTY, what_.file.ref + ": the file is empty, it has not even a header",
                  {{"ref", what_.file.ref}});
    }
    plan_ = plan_columns(what_.materialization, what_.layout, csv.fields(), what_.file.ref);
    append_records(csv, plan_, rows, what_.file.ref);
    parser_.emplace(PieceContext{what_.layout, plan_, what_.file.ref}, what_.threads);
  }

  void give_pieces() {
    while (!parser_->is_full()) {
      auto piece = next_piece();
      if (!piece) return;
      parser_->give(std::move(*piece));
    }
  }

  /// Text that cannot be unpacked is only told of when the records before it are parsed: the file's first fault wins.
  std::optional<RecordPiece> next_piece() {
    if (fault_ && parser_->is_empty()) std::rethrow_exception(fault_);
    if (fault_) return {};
    try {
      return pieces_->next();
    } catch (const Error&) {
      fault_ = std::current_exception();
      return next_piece();
    }
  }

  FileToRead what_;
  std::unique_ptr<store::Source> source_;
  HashedBlocks bytes_;
  std::optional<UnpackedBlocks> text_;
  std::optional<RecordPieces> pieces_;
  ColumnPlan plan_;
  std::optional<PieceParser> parser_;  // uses the plan
  std::exception_ptr fault_;
};

}  // namespace

std::unique_ptr<RowFile> open_csv_file(const FileToRead& what) {
  auto source = what.store.open(key_of(what.file));
  if (!source) refuse_missing(what);
  return std::make_unique<CsvFile>(what, std::move(source));
}

}  // namespace mf::dataset
