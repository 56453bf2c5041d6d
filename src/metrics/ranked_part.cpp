#include "mf/metrics/ranked_part.hpp"

#include <algorithm>
#include <numeric>

#include "metrics/columns.hpp"
#include "metrics/score_image.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

using Order = std::vector<std::uint32_t>;

std::string_view key_of(const KeyColumn& keys, std::size_t row) {
  const std::size_t begin = row == 0 ? 0 : keys.ends[row - 1];
  return keys.bytes.substr(begin, keys.ends[row] - begin);
}

// Three digits of 11 bits cover 32, and a digit's counters (16 KiB) stay in the first-level cache.
constexpr unsigned kDigitBits = 11;
constexpr unsigned kDigits = 3;

// The highest score is the lowest number.
std::uint32_t digit_of(float score, unsigned digit) {
  return (~image_of(score) >> (digit * kDigitBits)) & ((1U << kDigitBits) - 1);
}

std::vector<std::size_t> starts_of(std::span<const float> scores, unsigned digit) {
  std::vector<std::size_t> starts((1U << kDigitBits) + 1);
  for (const float score : scores) ++starts[digit_of(score, digit) + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  return starts;
}

// Digit by digit: a comparison sort would be most of the cost of a ranking, and take more memory.
Order by_score(std::span<const float> scores) {
  Order order(scores.size()), next(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  for (unsigned digit = 0; digit < kDigits; ++digit) {
    auto starts = starts_of(scores, digit);
    for (const std::uint32_t row : order) next[starts[digit_of(scores[row], digit)]++] = row;
    order.swap(next);
  }
  return order;
}

Order descending(std::span<const float> scores, const KeyColumn& keys) {
  Order order = by_score(scores);
  const auto by_key = [&](std::uint32_t a, std::uint32_t b) { return key_of(keys, a) < key_of(keys, b); };
  for (auto tie = order.begin(); tie != order.end();) {
    const auto end = std::find_if(tie, order.end(), [&](std::uint32_t row) { return scores[row] != scores[*tie]; });
    std::sort(tie, end, by_key);
    tie = end;
  }
  return order;
}

// Row numbers become places in `order`.
void renumber(Order& rows, const Order& order) {
  if (rows.empty()) return;
  Order places(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) places[order[place]] = static_cast<std::uint32_t>(place);
  for (std::uint32_t& row : rows) row = places[row];
}

template <typename Value>
std::vector<Value> picked(const std::vector<Value>& column, const Order& rows) {
  std::vector<Value> values;
  if (column.empty()) return values;
  values.reserve(rows.size());
  for (const std::uint32_t row : rows) values.push_back(column[row]);
  return values;
}

// A copy, not cycles in place: these would take the memory of no column, and ten times as long.
template <typename Value>
void reorder(std::vector<Value>& column, const Order& order) {
  column = picked(column, order);
}

Order rows_with(const SliceColumn& column, std::uint32_t code) {
  Order rows;
  for (std::size_t row = 0; row < column.codes.size(); ++row)
    if (column.codes[row] == code) rows.push_back(static_cast<std::uint32_t>(row));
  return rows;
}

// The places in `rows` of those rows that `order` leads to, in the order of `order`.
Order order_within(const Order& order, const Order& rows) {
  if (order.empty()) return {};
  Order place(order.size(), kNoEntity), within;
  for (std::size_t i = 0; i < rows.size(); ++i) place[rows[i]] = static_cast<std::uint32_t>(i);
  within.reserve(rows.size());
  for (const std::uint32_t row : order)
    if (place[row] != kNoEntity) within.push_back(place[row]);
  return within;
}

RankedPart without_slices(const RankedPart& part, const Order& rows) {
  RankedPart taken;
  taken.scores = picked(part.scores, rows);
  taken.labels = picked(part.labels, rows);
  taken.days = picked(part.days, rows);
  taken.amounts = picked(part.amounts, rows);
  taken.entities = picked(part.entities, rows);
  taken.entity_count = part.entity_count;
  return taken;
}

}  // namespace

RankedPart rank(RankedPart rows, const KeyColumn& keys) {
  require_whole_columns(rows);
  if (keys.ends.size() != rows.rows())
    throw Error(Code::INTERNAL, "rank got " + std::to_string(rows.rows()) + " scores and " +
                                    std::to_string(keys.ends.size()) + " subject keys; each row has one of both");
  if (!rows.baseline_scores.empty()) rows.baseline_order = descending(rows.baseline_scores, keys);
  const Order order = descending(rows.scores, keys);
  renumber(rows.baseline_order, order);
  reorder(rows.scores, order);
  reorder(rows.labels, order);
  reorder(rows.days, order);
  reorder(rows.amounts, order);
  reorder(rows.entities, order);
  reorder(rows.baseline_scores, order);
  for (SliceColumn& slice : rows.slices) reorder(slice.codes, order);
  return rows;
}

RankedPart slice_of(const RankedPart& part, std::size_t column, std::uint32_t code) {
  const Order rows = rows_with(part.slices.at(column), code);
  RankedPart slice = without_slices(part, rows);
  slice.baseline_scores = picked(part.baseline_scores, rows);
  slice.baseline_order = order_within(part.baseline_order, rows);
  return slice;
}

RankedPart baseline_of(const RankedPart& part) {
  if (part.baseline_order.size() != part.rows()) throw Error(Code::INTERNAL, "these rows have no baseline scores");
  RankedPart baseline = without_slices(part, part.baseline_order);
  baseline.scores = picked(part.baseline_scores, part.baseline_order);
  for (const SliceColumn& slice : part.slices)
    baseline.slices.push_back({slice.name, slice.values, picked(slice.codes, part.baseline_order)});
  return baseline;
}

}  // namespace mf::metrics
