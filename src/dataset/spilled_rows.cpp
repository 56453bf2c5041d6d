#include "mf/dataset/spilled_rows.hpp"

#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string_view>

#include "mf/error.hpp"

namespace mf::dataset {
namespace {

/// What a file can promise without having it is not taken at once.
constexpr std::size_t kMostReserved = std::size_t{16} << 20;

std::uint64_t print_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

std::uint64_t print_of_entity(std::string_view entity) {
  if (entity.empty()) return RowFacts::kNobody;
  return std::max(print_of(entity), RowFacts::kNobody + 1);
}

std::uint64_t print_of(std::span<const float> features) {
  return print_of(std::string_view(reinterpret_cast<const char*>(features.data()), features.size_bytes()));
}

/// Sorting packs the place of a row into 31 bits.
void require_countable(std::size_t rows) {
  constexpr std::size_t kMost = std::numeric_limits<std::int32_t>::max();
  if (rows <= kMost) return;
  throw Error(Code::DATA_INVALID, "the dataset has more than " + std::to_string(kMost) + " rows",
              {{"expected", "at most " + std::to_string(kMost)}}, "Train on fewer rows.");
}

/// The number of `text`, which is its own from now on.
std::uint32_t number_of(std::string_view text, SeenTexts& seen, const std::string& feature) {
  const auto [place, is_new] =
      seen.numbers.try_emplace(std::string(text), static_cast<std::uint32_t>(seen.texts.size()));
  if (is_new) seen.texts.emplace_back(text);
  if (seen.texts.size() <= SeenTexts::kMost) return place->second;
  throw Error(
      Code::DATA_INVALID,
      "column '" + feature + "' is a category with more than " + std::to_string(SeenTexts::kMost) + " different texts",
      {{"column", feature}, {"expected", "at most " + std::to_string(SeenTexts::kMost)}},
      "That is an identifier: leave it out of the features, or gather its rare values under one name.");
}

template <class T>
void drop(std::vector<T>& column) {
  std::vector<T>().swap(column);
}

}  // namespace

SpilledRows::SpilledRows(const std::string& folder, const Rows& empty, std::size_t promised)
    : feature_names_(empty.feature_names), features_(folder), records_(folder) {
  for (const auto& category : empty.categories) seen_texts_.push_back({category.feature, {}, {}});
  const std::size_t rows = std::min(promised, kMostReserved);
  facts_.labels.reserve(rows);
  facts_.event_time.reserve(rows);
  facts_.key_prints.reserve(rows);
  facts_.feature_prints.reserve(rows);
}

void SpilledRows::append(const Rows& rows) {
  require_countable(size() + rows.size());
  const auto features = rows.categories.empty() ? std::span(rows.features) : number_texts(rows);
  features_.append({reinterpret_cast<const char*>(features.data()), features.size_bytes()});
  records_.append(rows);
  has_missing_ = has_missing_ || std::ranges::any_of(features, [](float value) { return std::isnan(value); });
  facts_.event_time.insert(facts_.event_time.end(), rows.event_time.begin(), rows.event_time.end());
  facts_.labels.insert(facts_.labels.end(), rows.labels.begin(), rows.labels.end());
  for (const double weight : rows.weights) facts_.weights.push_back(static_cast<float>(weight));
  const std::size_t width = feature_names_.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    facts_.key_prints.push_back(print_of(rows.keys[i]));
    facts_.feature_prints.push_back(print_of(features.subspan(i * width, width)));
    if (rows.entities.size() > 0) facts_.entity_prints.push_back(print_of_entity(rows.entities[i]));
  }
}

std::span<const float> SpilledRows::number_texts(const Rows& rows) {
  numbered_ = rows.features;
  for (std::size_t c = 0; c < rows.categories.size(); ++c) {
    const auto& [feature, values] = rows.categories[c];
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!values[i].empty())
        numbered_[i * feature_names_.size() + feature] =
            static_cast<float>(number_of(values[i], seen_texts_[c], feature_names_[feature]));
  }
  return numbered_;
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
  malloc_trim(0);  // what reading has left: training asks how much is there
}

}  // namespace mf::dataset
