#include "factory/evaluation_desk.hpp"

#include <algorithm>

#include "factory/figures.hpp"
#include "mf/dataset/on_threads.hpp"
#include "mf/error.hpp"

namespace mf::factory {

EvaluationDesk::EvaluationDesk(const EvaluationRules& by, RankedParts rows)
    : rules(by), parts(std::move(rows)), asked(by.policy), bootstrap(bootstrap_of(by)) {
  fill_settings(rules, parts, settings);
}

metrics::ForEach EvaluationDesk::each() const {
  return [threads = rules.threads](std::size_t count, const std::function<void(std::size_t)>& work) {
    dataset::on_threads(threads, count, [&](std::size_t item, std::size_t /*worker*/) { work(item); });
  };
}

std::map<std::string, contracts::FigureInterval> EvaluationDesk::intervals(const metrics::RankedPart& rows,
                                                                           const metrics::EvaluationSettings& by,
                                                                           const FigureNames& names) const {
  if (!bootstrap || names.empty()) return {};
  return intervals_of(metrics::intervals(rows, by, {names.begin(), names.end()}, *bootstrap, each()));
}

std::size_t EvaluationDesk::slice_number(std::size_t p, const std::string& name) const {
  const auto& slices = parts[p].slices;
  const auto found = std::ranges::find(slices, name, &metrics::SliceColumn::name);
  if (found == slices.end())
    throw Error(Code::GOVERNANCE_PROFILE_INVALID, "the rows have no slice " + name, {{"slice", name}},
                "Name a column that has the role slice in the materialisation.");
  return static_cast<std::size_t>(found - slices.begin());
}

std::string part_name(std::size_t p) { return std::string(name_of(dataset::kEvaluatedParts[p])); }

std::int64_t frauds_of(const metrics::RankedPart& rows) { return std::ranges::count(rows.labels, std::uint8_t{1}); }

}  // namespace mf::factory
