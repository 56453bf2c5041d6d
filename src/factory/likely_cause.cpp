#include "factory/likely_cause.hpp"

#include <algorithm>

namespace mf::factory {
namespace {

using contracts::ExecutionRecord;
using Text = std::optional<std::string>;

Text differs(const std::string& subject, const Text& was, const Text& is) {
  // What was not recorded explains nothing.
  if (!was || !is || was->empty() || *was == *is) return {};
  return subject + " is " + *was + " as recorded and " + *is + " now";
}

Text first_of(const std::vector<Text>& texts) {
  const auto found = std::find_if(texts.begin(), texts.end(), [](const Text& text) { return text.has_value(); });
  return found == texts.end() ? Text() : *found;
}

Text rows_of_part(const ExecutionRecord& record, const std::string& part) {
  const auto found = record.split.parts.find(part);
  if (found == record.split.parts.end()) return {};
  return std::to_string(found->second.rows) + " rows with " + std::to_string(found->second.positives) + " positives";
}

Text other_split(const ExecutionRecord& was, const ExecutionRecord& is) {
  for (const auto& row : is.split.parts)
    if (auto text = differs("part " + row.first, rows_of_part(was, row.first), rows_of_part(is, row.first)))
      return text;
  return first_of({differs("the start of validation", was.split.validation_start_utc, is.split.validation_start_utc),
                   differs("the start of test", was.split.test_start_utc, is.split.test_start_utc)});
}

Text other_rows(const ExecutionRecord& was, const ExecutionRecord& is, const std::vector<Parting>& partings) {
  const auto found = std::find_if(partings.begin(), partings.end(), [](const Parting& p) { return p.of_rows; });
  return found == partings.end() ? other_split(was, is) : Text(found->what);
}

Text parameter_of(const ExecutionRecord& record, const std::string& name) {
  const auto found = record.engine.parameters.find(name);
  return found == record.engine.parameters.end() ? "absent" : found->second;
}

Text other_settings(const ExecutionRecord& was, const ExecutionRecord& is) {
  auto names = was.engine.parameters;
  names.insert(is.engine.parameters.begin(), is.engine.parameters.end());
  for (const auto& row : names)
    if (auto text = differs(row.first, parameter_of(was, row.first), parameter_of(is, row.first))) return text;
  return first_of({differs("the seed", std::to_string(was.stage_seed), std::to_string(is.stage_seed)),
                   differs("the algorithm", was.engine.algorithm_id, is.engine.algorithm_id)});
}

Text other_library(const ExecutionRecord& was, const ExecutionRecord& is) {
  return differs("XGBoost", was.circumstance.engine_version, is.circumstance.engine_version);
}

Text other_build(const ExecutionRecord& was, const ExecutionRecord& is) {
  const auto& [a, b] = std::pair(was.circumstance, is.circumstance);
  return first_of({differs("the version of mf", a.program, b.program), differs("the build of mf", a.build, b.build),
                   differs("the release", a.service_release_id, b.service_release_id)});
}

Text other_cpu(const ExecutionRecord& was, const ExecutionRecord& is) {
  const auto& [a, b] = std::pair(was.circumstance, is.circumstance);
  return first_of(
      {differs("what the processor can", a.cpu_features, b.cpu_features), differs("the processor", a.cpu, b.cpu)});
}

}  // namespace

std::vector<Cause> likely_causes(const ExecutionRecord& recorded, const ExecutionRecord& rebuilt,
                                 const std::vector<Parting>& partings) {
  std::vector<Cause> causes;
  const auto add = [&](const char* name, const Text& words, const std::string& fix) {
    if (words) causes.push_back({name, *words, fix});
  };
  add("rows", other_rows(recorded, rebuilt, partings),
      "Run `mf verify " + recorded.run_key +
          " --inputs`; if that finds nothing, the run was made from other rows than "
          "its plan names, or by a release that read them otherwise.");
  add("settings", other_settings(recorded, rebuilt), "Reproduce the run with the release that made it.");
  add("library", other_library(recorded, rebuilt),
      "Reproduce the run with XGBoost " + recorded.circumstance.engine_version + ", which made it.");
  add("build", other_build(recorded, rebuilt), "Reproduce the run with the build that made it.");
  add("cpu", other_cpu(recorded, rebuilt), "Reproduce the run on a machine like the one that made it.");
  if (causes.empty())
    causes.push_back({"evidence", "rows, settings, library, build and processor are those that were recorded",
                      "Run `mf verify " + recorded.run_key +
                          "`: the recorded artifacts may not be what the run made. "
                          "If a second `mf reproduce` finds another difference, suspect the machine."});
  return causes;
}

}  // namespace mf::factory
