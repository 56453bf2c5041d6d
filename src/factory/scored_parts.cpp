#include "factory/scored_parts.hpp"

#include <utility>

namespace mf::factory {
namespace {

static_assert(dataset::ScoredRows::kNoEntity == metrics::kNoEntity);

metrics::RankedPart ranked(dataset::ScoredRows part, const dataset::ScoredRowsFile& file) {
  metrics::RankedPart rows;
  rows.scores = std::move(part.scores);
  rows.labels = std::move(part.labels);
  rows.days = std::move(part.days);
  rows.amounts = std::move(part.amounts);
  rows.entities = std::move(part.entities);
  rows.entity_count = file.entity_count;
  rows.baseline_scores = std::move(part.baseline_scores);
  for (std::size_t s = 0; s < file.slices.size(); ++s)
    rows.slices.push_back({file.slices[s].name, file.slices[s].values, std::move(part.slices[s])});
  return metrics::rank(std::move(rows), {part.keys.bytes(), part.keys.ends()});
}

}  // namespace

RankedParts ranked(dataset::ScoredRowsFile rows) {
  RankedParts parts;
  for (std::size_t p = 0; p < parts.size(); ++p) parts[p] = ranked(std::move(rows.parts[p]), rows);
  return parts;
}

}  // namespace mf::factory
