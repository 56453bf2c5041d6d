#include "dataset/seeded_hash.hpp"
#include "dataset/split_steps.hpp"

namespace mf::dataset {

void sample_negatives(const SpilledRows& rows, const contracts::TrainingProfile::Sampling& sampling, Split& split) {
  SeededHash hash(kSamplingRecipe, sampling.seed);
  Sampled sampled{.weight = 1 / sampling.rate};
  const auto& records = rows.records();
  for (std::size_t block = 0; block < records.block_count(); ++block) {
    const Rows read = records.read(block);
    for (std::size_t i = 0; i < read.keys.size(); ++i) {
      const std::size_t row = records.first_row(block) + i;
      if (split.part[row] != Part::train || rows.facts().labels[row] == 1) continue;
      const bool kept = hash(read.keys[i]) < sampling.rate;
      if (!kept) split.part[row] = Part::sampled_out;
      ++(kept ? sampled.kept : sampled.dropped);
    }
  }
  split.sampled = sampled;
  finish_split(rows.facts(), split);
}

}  // namespace mf::dataset
