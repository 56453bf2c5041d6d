#include <string>

#include "dataset/seeded_hash.hpp"
#include "dataset/split_steps.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

void require_entities(const RowFacts& rows) {
  if (rows.entity_prints.empty())
    throw Error(Code::SPLIT_INVALID, "entity_hash: the dataset has no entity_key column", {},
                "Give a column the role entity_key, or split by time.");
}

[[noreturn]] void refuse_without_entity(const std::string& key) {
  throw Error(Code::SPLIT_INVALID, "entity_hash: the row " + key + " has no entity, so it belongs to no part",
              {{"sample_keys", key}}, "Give every row an entity, or split by time.");
}

EntityCuts cuts_of(const contracts::TrainingProfile::Split& how, bool roles) {
  if (roles) return {scaled_train(how), 1};
  return {*how.train, *how.train + *how.validation};
}

Part part_of(double hash, const EntityCuts& cuts) {
  if (hash < cuts.train_below) return Part::train;
  return hash < cuts.validation_below ? Part::validation : Part::test;
}

/// Neighbours often have one entity: its part is not found anew for each.
class PartOfEntity {
 public:
  PartOfEntity(std::int64_t seed, const EntityCuts& cuts) : hash_(kEntityHashRecipe, seed), cuts_(cuts) {}

  Part operator()(std::string_view entity) {
    if (entity != last_) {
      last_ = entity;
      part_ = part_of(hash_(last_), cuts_);
    }
    return part_;
  }

 private:
  SeededHash hash_;
  EntityCuts cuts_;
  std::string last_;
  Part part_ = Part::train;
};

}  // namespace

Split split_by_entity(const SpilledRows& rows, const LabelHorizon& horizon,
                      const contracts::TrainingProfile::Split& how, const EvaluationRows& evaluation) {
  require_fractions(how);
  require_entities(rows.facts());
  Split split = begin_split(rows.facts(), horizon);
  split.entity_cuts = cuts_of(how, !evaluation.empty());
  PartOfEntity part_of_entity(how.seed.value(), *split.entity_cuts);
  RoleOfRow role(evaluation);
  const auto& records = rows.records();
  for (std::size_t block = 0; block < records.block_count(); ++block) {
    const Rows read = records.read(block);
    for (std::size_t i = 0; i < read.keys.size(); ++i) {
      const std::size_t row = records.first_row(block) + i;
      if (split.part[row] != Part::train) continue;
      if (read.entities[i].empty()) refuse_without_entity(std::string(read.keys[i]));
      split.part[row] = role.only_tests(row) ? Part::test : part_of_entity(read.entities[i]);
    }
  }
  finish_split(rows.facts(), split);
  return split;
}

}  // namespace mf::dataset
