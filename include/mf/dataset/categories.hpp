#pragma once
// The categories that a model knows: the texts of the train rows, in an order that nothing but they decides.
//
// Room: dataset.

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "mf/dataset/spilled_rows.hpp"
#include "mf/dataset/split.hpp"

namespace mf::dataset {

/// For the features that are categories, which code each of their texts has.
class Categories {
 public:
  /// No feature is a category.
  Categories() = default;

  /// The texts that the `known` rows of `split` have, by bytes ascending, have the codes 0, 1, ...; others have none.
  /// Reads the features once where any is a category. Throws DATA_INVALID when a category has no text in these rows,
  /// and STORE_UNAVAILABLE.
  Categories(const SpilledRows& rows, const Split& split, Part known = Part::train);

  /// The texts that a model knows already, by feature, in the order of its codes; features of `rows` that are not named
  /// stay as they are. Throws DATA_INVALID when `rows` has no such category.
  Categories(const SpilledRows& rows, const std::map<std::string, std::vector<std::string>>& texts);

  /// The texts of each, by feature, in the order of their codes.
  [[nodiscard]] const std::map<std::string, std::vector<std::string>>& texts() const { return texts_; }
  [[nodiscard]] bool empty() const { return recodings_.empty(); }

  /// How many each feature of `width` has, 0 for a number.
  [[nodiscard]] std::vector<std::size_t> counts(std::size_t width) const;

  /// Puts codes where `row`, the features of a row as SpilledRows gives them, has numbers of texts; NaN for those
  /// without a code.
  void recode(float* row) const;

 private:
  struct Recoding {
    std::size_t feature;
    std::size_t count;
    std::vector<float> code_of;  // by the number of a text
  };

  std::vector<Recoding> recodings_;
  std::map<std::string, std::vector<std::string>> texts_;
};

}  // namespace mf::dataset
