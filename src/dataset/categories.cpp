#include "mf/dataset/categories.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mf/dataset/spilled_batches.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

/// Which texts of each category the rows of `part` have.
std::vector<std::vector<bool>> texts_in_use(const SpilledRows& rows, const Split& split, Part part) {
  std::vector<std::vector<bool>> used;
  for (const auto& seen : rows.seen_texts()) used.emplace_back(seen.texts.size());
  const std::size_t width = rows.feature_names().size();
  SpilledBatches batches(rows, split, part);
  while (const auto batch = batches.next()) {
    for (std::size_t i = 0; i < batch->rows.size(); ++i) {
      for (std::size_t c = 0; c < used.size(); ++c) {
        const float number = batch->features[i * width + rows.seen_texts()[c].feature];
        if (!std::isnan(number)) used[c][static_cast<std::size_t>(number)] = true;
      }
    }
  }
  return used;
}

/// The numbers of the texts in use, by text.
std::vector<std::size_t> in_order(const SeenTexts& seen, const std::vector<bool>& used) {
  std::vector<std::size_t> numbers;
  for (std::size_t number = 0; number < used.size(); ++number)
    if (used[number]) numbers.push_back(number);
  std::ranges::sort(numbers, {}, [&](std::size_t number) -> const std::string& { return seen.texts[number]; });
  return numbers;
}

}  // namespace

Categories::Categories(const SpilledRows& rows, const Split& split, Part known) {
  if (rows.seen_texts().empty()) return;
  const auto used = texts_in_use(rows, split, known);
  for (std::size_t c = 0; c < used.size(); ++c) {
    const SeenTexts& seen = rows.seen_texts()[c];
    const std::string& name = rows.feature_names()[seen.feature];
    Recoding recoding{seen.feature, 0, std::vector<float>(seen.texts.size(), kUnknown)};
    for (const std::size_t number : in_order(seen, used[c])) {
      recoding.code_of[number] = static_cast<float>(recoding.count++);
      texts_[name].push_back(seen.texts[number]);
    }
    if (recoding.count == 0)
      throw Error(Code::DATA_INVALID,
                  "column '" + name + "' is a category without a value in any " + std::string(name_of(known)) + " row",
                  {{"column", name}}, "Leave it out of the features.");
    recodings_.push_back(std::move(recoding));
  }
}

Categories::Categories(const SpilledRows& rows, const std::map<std::string, std::vector<std::string>>& texts)
    : texts_(texts) {
  for (const auto& [name, known] : texts) {
    const auto& all = rows.seen_texts();
    const auto seen = std::ranges::find(all, name, [&](const SeenTexts& s) { return rows.feature_names()[s.feature]; });
    if (seen == all.end())
      throw Error(Code::DATA_INVALID, "column '" + name + "' is a category to the model, and none in these rows",
                  {{"column", name}}, "Give the column the type string.");
    Recoding recoding{seen->feature, known.size(), std::vector<float>(seen->texts.size(), kUnknown)};
    for (std::size_t code = 0; code < known.size(); ++code)
      if (const auto number = seen->numbers.find(known[code]); number != seen->numbers.end())
        recoding.code_of[number->second] = static_cast<float>(code);
    recodings_.push_back(std::move(recoding));
  }
}

std::vector<std::size_t> Categories::counts(std::size_t width) const {
  std::vector<std::size_t> counts(width);
  for (const auto& recoding : recodings_) counts[recoding.feature] = recoding.count;
  return counts;
}

void Categories::recode(float* row) const {
  for (const auto& recoding : recodings_) {
    float& value = row[recoding.feature];
    if (!std::isnan(value)) value = recoding.code_of[static_cast<std::size_t>(value)];
  }
}

}  // namespace mf::dataset
