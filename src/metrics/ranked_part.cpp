#include "mf/metrics/ranked_part.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "metrics/columns.hpp"
#include "metrics/score_image.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

using Order = std::vector<std::uint32_t>;

std::string_view key_of(const KeyColumn& keys, std::uint64_t row) {
  const std::size_t begin = row == 0 ? 0 : keys.ends[row - 1];
  return keys.bytes.substr(begin, keys.ends[row] - begin);
}

// A row and its score in one number: the highest score is the lowest number.
std::uint64_t packed(float score, std::size_t row) { return (std::uint64_t{~image_of(score)} << 32U) | row; }

std::uint64_t row_in(std::uint64_t number) { return number & 0xFFFF'FFFFU; }

void order_ties_by_key(std::vector<std::uint64_t>& numbers, const KeyColumn& keys) {
  const auto by_key = [&](std::uint64_t a, std::uint64_t b) {
    return key_of(keys, row_in(a)) < key_of(keys, row_in(b));
  };
  for (auto tie = numbers.begin(); tie != numbers.end();) {
    const auto end = std::find_if(tie, numbers.end(), [&](std::uint64_t n) { return (n >> 32U) != (*tie >> 32U); });
    std::sort(tie, end, by_key);
    tie = end;
  }
}

Order descending(std::span<const float> scores, const KeyColumn& keys) {
  std::vector<std::uint64_t> numbers;
  numbers.reserve(scores.size());
  for (std::size_t row = 0; row < scores.size(); ++row) numbers.push_back(packed(scores[row], row));
  std::sort(numbers.begin(), numbers.end());
  order_ties_by_key(numbers, keys);
  return {numbers.begin(), numbers.end()};
}

Order inverse(const Order& order) {
  Order places(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) places[order[place]] = static_cast<std::uint32_t>(place);
  return places;
}

template <typename Value>
std::vector<Value> picked(const std::vector<Value>& column, const Order& rows) {
  std::vector<Value> values;
  if (column.empty()) return values;
  values.reserve(rows.size());
  for (const std::uint32_t row : rows) values.push_back(column[row]);
  return values;
}

template <typename Value>
void pick(std::vector<Value>& column, const Order& rows) {
  column = picked(column, rows);
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
  const Order order = descending(rows.scores, keys);
  if (!rows.baseline_scores.empty())
    rows.baseline_order = picked(inverse(order), descending(rows.baseline_scores, keys));
  pick(rows.scores, order);
  pick(rows.labels, order);
  pick(rows.days, order);
  pick(rows.amounts, order);
  pick(rows.entities, order);
  pick(rows.baseline_scores, order);
  for (SliceColumn& slice : rows.slices) pick(slice.codes, order);
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
