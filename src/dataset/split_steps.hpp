#pragma once
// What every way to split begins and ends with.

#include <span>

#include "mf/dataset/split.hpp"

namespace mf::dataset {

/// Throws TRAINING_PROFILE_INVALID unless train, validation and test are there, positive and sum to 1.
void require_fractions(const contracts::TrainingProfile::Split& how);

/// The fraction of train among train and validation.
double scaled_train(const contracts::TrainingProfile::Split& how);

/// A split in which each eligible row is in Part::train for now, each other row where it stays. Throws DATA_INVALID
/// unless there are known labels of both classes.
Split begin_split(const RowFacts& rows, const LabelHorizon& horizon);

/// Counts the parts. Throws SPLIT_INVALID unless each of `needed` has rows of both classes.
void finish_split(const RowFacts& rows, Split& split, std::span<const Part> needed = kEvaluatedParts);

/// Walks through rows that ascend, and tells which of them may only test.
class RoleOfRow {
 public:
  explicit RoleOfRow(const EvaluationRows& evaluation) : next_(evaluation.begin()), end_(evaluation.end()) {}

  bool only_tests(std::size_t row) {
    while (next_ != end_ && row >= next_->end) ++next_;
    return next_ != end_ && row >= next_->first;
  }

 private:
  EvaluationRows::const_iterator next_, end_;
};

}  // namespace mf::dataset
