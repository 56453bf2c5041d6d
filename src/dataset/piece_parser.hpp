#pragma once
// Pieces of a file parsed on several threads, and put together again in their order.

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "dataset/record_pieces.hpp"
#include "dataset/row_appender.hpp"

namespace mf::dataset {

/// What parsing any piece of one file needs; all of it must outlive the parser.
struct PieceContext {
  const RowLayout& layout;
  const ColumnPlan& plan;
  const std::string& ref;
};

/// Parses pieces in the background. One giver and taker.
class PieceParser {
 public:
  PieceParser(PieceContext context, int threads);
  /// Drops what is not parsed yet.
  ~PieceParser();

  /// Whether as many pieces wait or are ready as memory is meant for.
  [[nodiscard]] bool is_full() const { return rows_.size() >= most_pieces_; }
  [[nodiscard]] bool is_empty() const { return rows_.empty(); }

  void give(RecordPiece piece);

  /// The rows of the piece that was given first of those not yet taken; waits for them. Throws what RowAppender and
  /// CsvReader throw; the first refusal of the file is then the first that is thrown.
  Rows take();

 private:
  void work(const std::stop_token& stop);

  PieceContext context_;
  std::size_t most_pieces_;
  std::deque<std::future<Rows>> rows_;
  std::mutex mutex_;
  std::condition_variable_any given_;
  std::deque<std::packaged_task<Rows()>> waiting_;
  std::vector<std::jthread> threads_;
};

}  // namespace mf::dataset
