#include "metrics/clusters.hpp"

#include <random>

#include "metrics/reasons.hpp"

namespace mf::metrics {
namespace {

// splitmix64: neighbouring seeds and resamples give unrelated engines.
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t resample) {
  std::uint64_t mixed = seed + (resample + 1) * 0x9E37'79B9'7F4A'7C15U;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D0'49BB'1331'11EBU;
  return mixed ^ (mixed >> 31U);
}

// std::uniform_int_distribution may differ from library to library; this does not.
void draw_from(const std::vector<std::uint32_t>& clusters, std::mt19937_64& engine, std::vector<std::uint32_t>& times) {
  for (std::size_t drawn = 0; drawn < clusters.size(); ++drawn)
    ++times[clusters[((engine() >> 32U) * clusters.size()) >> 32U]];
}

}  // namespace

Clusters::Clusters(const RankedPart& part, const Calendar& calendar, Cluster kind) : kind_(kind) {
  if (kind == Cluster::entity) number_entities(part);
  if (kind == Cluster::day) number_days(part, calendar);
  if (of_row_.size() == part.rows()) part_by_fraud(part);
  reason_ = why_nothing(part);
}

void Clusters::number_entities(const RankedPart& part) {
  of_row_ = part.entities;
  numbers_ = part.entity_count;
  for (std::uint32_t& cluster : of_row_)
    if (cluster == kNoEntity) cluster = numbers_++;
}

void Clusters::number_days(const RankedPart& part, const Calendar& calendar) {
  numbers_ = static_cast<std::uint32_t>(calendar.days());
  of_row_.reserve(part.days.size());
  for (const std::int32_t day : part.days) of_row_.push_back(calendar.day(day));
}

void Clusters::part_by_fraud(const RankedPart& part) {
  enum : std::uint8_t { kAbsent, kWithout, kWithFraud };
  std::vector<std::uint8_t> kinds(numbers_, kAbsent);
  for (std::size_t row = 0; row < of_row_.size(); ++row) {
    auto& kind = kinds[of_row_[row]];
    if (part.labels[row] != 0 || kind == kAbsent) kind = part.labels[row] != 0 ? kWithFraud : kWithout;
  }
  for (std::uint32_t cluster = 0; cluster < numbers_; ++cluster) {
    if (kinds[cluster] == kWithFraud) with_fraud_.push_back(cluster);
    if (kinds[cluster] == kWithout) without_.push_back(cluster);
  }
}

std::string Clusters::why_nothing(const RankedPart& part) const {
  const std::string one = kind_ == Cluster::entity ? "entity" : "day";
  if (part.rows() == 0) return kNoRows;
  if (of_row_.empty()) return kind_ == Cluster::entity ? kNoEntities : kNoDays;
  if (count() == 1) return "there is only one " + one + " to draw from";
  if (with_fraud_.size() == 1) return "only one " + one + " has fraud";
  return {};
}

std::vector<std::uint32_t> Clusters::draw(std::uint64_t seed, std::uint64_t resample) const {
  std::vector<std::uint32_t> times(numbers_);
  std::mt19937_64 engine(seed_of(seed, resample));
  draw_from(with_fraud_, engine, times);
  draw_from(without_, engine, times);
  return times;
}

Clusters Clusters::reordered(const std::vector<std::uint32_t>& order) const {
  Clusters other = *this;
  for (std::size_t place = 0; place < order.size(); ++place) other.of_row_[place] = of_row_[order[place]];
  return other;
}

}  // namespace mf::metrics
