#include "dataset/entity_overlap.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace mf::dataset {
namespace {

constexpr std::uint8_t bit(Part part) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(part)); }

constexpr unsigned kEvaluatedBits = bit(Part::train) | bit(Part::validation) | bit(Part::test);

/// The parts that each entity is in, as bits.
std::unordered_map<std::uint64_t, std::uint8_t> parts_by_entity(const RowFacts& rows, const Split& split) {
  std::unordered_map<std::uint64_t, std::uint8_t> parts;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint64_t entity = rows.entity_prints[i];
    if (entity == RowFacts::kNobody || (bit(split.part[i]) & kEvaluatedBits) == 0) continue;
    auto& bits = parts[entity];
    bits = static_cast<std::uint8_t>(bits | bit(split.part[i]));
  }
  return parts;
}

void count_entities(const std::unordered_map<std::uint64_t, std::uint8_t>& parts, EntityOverlap& overlap) {
  overlap.entities = parts.size();
  for (const auto& entry : parts)
    for (std::size_t p = 0; p < kPartPairs.size(); ++p)
      if ((entry.second & bit(kPartPairs[p].earlier)) != 0 && (entry.second & bit(kPartPairs[p].later)) != 0)
        ++overlap.shared[p].entities;
}

}  // namespace

EntityOverlap find_entity_overlap(const RowFacts& rows, const Split& split) {
  const auto parts = parts_by_entity(rows, split);
  EntityOverlap overlap;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Part part = split.part[i];
    if ((part != Part::validation && part != Part::test) || rows.entity_prints[i] == RowFacts::kNobody) continue;
    const unsigned bits = parts.at(rows.entity_prints[i]);
    const unsigned earlier = bit(part) - 1U;
    if ((bits & earlier) != 0) overlap.rows_known_from_before.push_back(i);
    if (part == Part::test && (bits & bit(Part::train)) != 0) overlap.test_rows_known_from_train.push_back(i);
    for (std::size_t p = 0; p < kPartPairs.size(); ++p)
      if (part == kPartPairs[p].later && (bits & bit(kPartPairs[p].earlier)) != 0) ++overlap.shared[p].later_rows;
  }
  count_entities(parts, overlap);
  return overlap;
}

}  // namespace mf::dataset
