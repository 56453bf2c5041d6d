#include "dataset/piece_parser.hpp"

#include <utility>

#include "dataset/csv_reader.hpp"
#include "dataset/plain_records.hpp"
#include "mf/dataset/on_threads.hpp"

namespace mf::dataset {
namespace {

Rows parse(const PieceContext& context, const RecordPiece& piece) {
  WholeText text(piece.text);
  CsvReader csv(text, context.ref, piece.lines_before);
  Rows rows = empty_rows(context.layout, piece.lines);
  append_records(csv, context.plan, rows, context.ref);
  return rows;
}

// Each has a few megabytes in its hands; one thread that cuts the file keeps no more of them busy.
constexpr std::size_t kMostThreads = 16;

}  // namespace

PieceParser::PieceParser(PieceContext context, int threads)
    : context_(context), most_pieces_(2 * worker_count(threads, kMostThreads)) {
  while (2 * threads_.size() < most_pieces_) threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

PieceParser::~PieceParser() {
  {
    const std::scoped_lock lock(mutex_);
    waiting_.clear();
  }
  for (auto& thread : threads_) thread.request_stop();
}

void PieceParser::give(RecordPiece piece) {
  std::packaged_task<Rows()> task([this, piece = std::move(piece)] { return parse(context_, piece); });
  rows_.push_back(task.get_future());
  const std::scoped_lock lock(mutex_);
  waiting_.push_back(std::move(task));
  given_.notify_one();
}

Rows PieceParser::take() {
  std::future<Rows> rows = std::move(rows_.front());
  rows_.pop_front();
  return rows.get();
}

void PieceParser::work(const std::stop_token& stop) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!given_.wait(lock, stop, [&] { return !waiting_.empty(); })) return;
    std::packaged_task<Rows()> task = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    task();
  }
}

}  // namespace mf::dataset
