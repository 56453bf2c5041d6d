#include "mf/dataset/spilled_rows.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

namespace mf::dataset {
namespace {

/// What a file can promise without having it is not taken at once.
constexpr std::size_t kMostReserved = std::size_t{16} << 20;

std::uint64_t print_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

std::uint64_t print_of_entity(std::string_view entity) {
  if (entity.empty()) return RowFacts::kNobody;
  return std::max(print_of(entity), RowFacts::kNobody + 1);
}

std::uint64_t print_of_features(const Rows& rows, std::size_t row) {
  return print_of({reinterpret_cast<const char*>(rows.row(row)), rows.feature_names.size() * sizeof(float)});
}

template <class T>
void drop(std::vector<T>& column) {
  std::vector<T>().swap(column);
}

}  // namespace

SpilledRows::SpilledRows(const std::string& folder, const Rows& empty, std::size_t promised)
    : feature_names_(empty.feature_names), features_(folder), records_(folder) {
  const std::size_t rows = std::min(promised, kMostReserved);
  facts_.labels.reserve(rows);
  facts_.event_time.reserve(rows);
  facts_.key_prints.reserve(rows);
  facts_.feature_prints.reserve(rows);
}

void SpilledRows::append(const Rows& rows) {
  features_.append({reinterpret_cast<const char*>(rows.features.data()), rows.features.size() * sizeof(float)});
  records_.append(rows);
  has_missing_ = has_missing_ || std::ranges::any_of(rows.features, [](float value) { return std::isnan(value); });
  facts_.event_time.insert(facts_.event_time.end(), rows.event_time.begin(), rows.event_time.end());
  facts_.labels.insert(facts_.labels.end(), rows.labels.begin(), rows.labels.end());
  for (const double weight : rows.weights) facts_.weights.push_back(static_cast<float>(weight));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    facts_.key_prints.push_back(print_of(rows.keys[i]));
    facts_.feature_prints.push_back(print_of_features(rows, i));
    if (rows.entities.size() > 0) facts_.entity_prints.push_back(print_of_entity(rows.entities[i]));
  }
}

void SpilledRows::read_features(std::size_t first, std::span<float> room) const {
  features_.read(first * feature_names_.size() * sizeof(float),
                 {reinterpret_cast<char*>(room.data()), room.size_bytes()});
}

void SpilledRows::forget_guarded() {
  drop(facts_.event_time);
  drop(facts_.key_prints);
  drop(facts_.entity_prints);
  drop(facts_.feature_prints);
}

}  // namespace mf::dataset
