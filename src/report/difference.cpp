#include "mf/report/difference.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "mf/contracts/document.hpp"
#include "report/in_words.hpp"

namespace mf::report {
namespace {

using nlohmann::json;
using std::string;
using Values = std::map<string, string>;  // name -> value

string text_of(const json& value) { return value.is_string() ? value.get<string>() : value.dump(); }

bool holds_objects(const json& value) { return value.is_array() && !value.empty() && value.front().is_object(); }

/// What an entry of a list is called: its own id where it has one, so that a new entry does not move the others.
string name_of_entry(const json& entry, std::size_t place) {
  return entry.contains("id") ? text_of(entry["id"]) : std::to_string(place);
}

/// The leaves of `value`, by their dotted names.
void flatten(const json& value, const string& name, Values& values) {
  const string prefix = name.empty() ? "" : name + ".";
  if (value.is_object() && !value.empty()) {
    for (const auto& [key, inner] : value.items()) flatten(inner, prefix + key, values);
  } else if (holds_objects(value)) {
    for (std::size_t i = 0; i < value.size(); ++i) flatten(value[i], prefix + name_of_entry(value[i], i), values);
  } else if (!value.is_null()) {
    values[name] = text_of(value);
  }
}

template <class T>
json json_of(const T& document) {
  return json::parse(contracts::write(document));
}

Values request_of(const RunFacts& run) {
  json refs = json_of(run.plan)["input_refs"];
  for (const char* input : {"dataset_manifest_refs", "training_config_ref", "governance_profile_ref"})
    refs.erase(input);
  Values values{{"intent_kind", run.plan.intent_kind}, {"platform_run_id", run.plan.platform_run_id}};
  flatten(refs, "", values);
  return values;
}

void add_bundle(Values& values, const string& name, const json& plan) {
  if (plan.contains(name)) flatten(plan[name], name, values);
}

Values inputs_of(const RunFacts& run) {
  Values values;
  for (const auto& manifest : run.plan.dataset_manifests) {
    const string& id = manifest.dataset_manifest_id;
    values["manifest " + id] = manifest.payload_digest;
    values["labels as of, " + id] = manifest.label_asof_utc;
    values["materialisation " + id] = manifest.materialization.sha256;
    for (const auto& file : manifest.materialization.files) values["file " + file.ref] = file.sha256;
  }
  values["training profile " + run.plan.training_profile.profile_ref] = run.plan.training_profile.profile_digest;
  values["governance profile " + run.plan.governance_profile.profile_ref] = run.plan.governance_profile.profile_digest;
  const json plan = json_of(run.plan);
  for (const char* bundle : {"baseline", "candidate", "supersedes"}) add_bundle(values, bundle, plan);
  return values;
}

Values profile_of(const std::optional<string>& profile) {
  Values values;
  if (profile) flatten(json::parse(*profile), "", values);
  return values;
}

Values libraries_of(const RunFacts& run) {
  if (!run.execution) return {};
  const auto& circumstance = run.execution->circumstance;
  return {{"engine", circumstance.engine_version},
          {"program", circumstance.program.value_or("")},
          {"build", circumstance.build.value_or("")}};
}

Values machine_of(const RunFacts& run) {
  if (!run.execution) return {};
  const auto& circumstance = run.execution->circumstance;
  return {{"threads", std::to_string(circumstance.threads)},
          {"cpu", circumstance.cpu.value_or("")},
          {"cpu_features", circumstance.cpu_features.value_or("")},
          {"platform profile", circumstance.run_config_digest}};
}

Values rows_of(const RunFacts& run) {
  if (!run.execution) return {};
  const json record = json_of(*run.execution);
  Values values;
  for (const char* name : {"split", "split_strategy", "sampling", "sampled_before", "seed_policy"})
    if (record.contains(name)) flatten(record[name], name, values);
  return values;
}

Values engine_of(const RunFacts& run) {
  if (!run.execution) return {};
  json engine = json_of(*run.execution)["engine"];
  engine.erase("categories");
  // Of the run as well as of the profile: two runs never draw the same numbers.
  Values values{{"stage_seed", std::to_string(run.execution->stage_seed)}};
  flatten(engine, "", values);
  return values;
}

Values model_of(const RunFacts& run) {
  if (!run.artifact) return {};
  Values values{{"model", run.artifact->model.sha256}};
  for (const auto& feature : run.artifact->feature_names) values["feature " + feature] = "in the model";
  return values;
}

Values verdict_of(const RunFacts& run) {
  Values values{{"state", run.state}};
  if (!run.verdict) return values;
  values["verdict"] = run.verdict->verdict.value_or(run.verdict->gate_decision);
  for (const auto& criterion : run.verdict->criteria) {
    string name = "criterion " + criterion.id;
    if (criterion.slice) name += " of " + criterion.slice->column + " = " + criterion.slice->value.value_or("(none)");
    values[name] = criterion.outcome;
  }
  return values;
}

struct Group {
  const char* name;
  Values (*values)(const RunFacts&);
};

const std::vector<Group>& groups() {
  static const std::vector<Group> kGroups{
      {"request", request_of},
      {"input", inputs_of},
      {"training_profile", [](const RunFacts& run) { return profile_of(run.training_profile); }},
      {"governance_profile", [](const RunFacts& run) { return profile_of(run.governance_profile); }},
      {"library", libraries_of},
      {"machine", machine_of},
      {"rows", rows_of},
      {"engine", engine_of},
      {"model", model_of},
      {"verdict", verdict_of},
  };
  return kGroups;
}

/// Whether both runs have what a group is about; a profile that cannot be read is compared with nothing.
bool is_comparable(const string& group, const RunFacts& first, const RunFacts& second) {
  if (group == "training_profile") return first.training_profile && second.training_profile;
  if (group == "governance_profile") return first.governance_profile && second.governance_profile;
  return true;
}

string value_or_none(const Values& values, const string& name) {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

void add_group(const Group& group, const RunFacts& first, const RunFacts& second, std::vector<Difference>& all) {
  const Values of_first = group.values(first), of_second = group.values(second);
  std::set<string> names;
  for (const auto& values : {of_first, of_second})
    for (const auto& [name, value] : values) names.insert(name);
  for (const auto& name : names) {
    string one = value_or_none(of_first, name), other = value_or_none(of_second, name);
    if (one != other) all.push_back({group.name, name, std::move(one), std::move(other), ""});
  }
}

using contracts::FigureInterval;
using contracts::PartFigures;

const FigureInterval* bounded_interval(const PartFigures& part, const string& name) {
  const auto found = part.intervals.find(name);
  return found == part.intervals.end() || !found->second.lower || !found->second.upper ? nullptr : &found->second;
}

string in_words(const FigureInterval& interval) {
  return "[" + number(interval.lower) + ", " + number(interval.upper) + "]";
}

string movement(const string& name, const PartFigures& first, const PartFigures& second, double by) {
  string note = (by > 0 ? "+" : "") + number(by);
  const auto* one = bounded_interval(first, name);
  const auto* other = bounded_interval(second, name);
  if (one == nullptr || other == nullptr) return note;
  const bool overlap = *one->lower <= *other->upper && *other->lower <= *one->upper;
  return note + "; " + in_words(*one) + " and " + in_words(*other) + (overlap ? " overlap" : " are apart");
}

std::optional<double> value_of(const PartFigures& part, const string& name) {
  const auto found = part.figures.find(name);
  return found == part.figures.end() ? std::nullopt : found->second;
}

string exact_or_none(const std::optional<double>& value) { return value ? exact_number(*value) : ""; }

void add_part(const string& part, const PartFigures& first, const PartFigures& second, std::vector<Difference>& all) {
  std::set<string> names;
  for (const auto* figures : {&first.figures, &second.figures})
    for (const auto& [name, value] : *figures) names.insert(name);
  for (const auto& name : names) {
    const auto one = value_of(first, name), other = value_of(second, name);
    if (one == other) continue;
    all.push_back({"figure", part + " " + name, exact_or_none(one), exact_or_none(other),
                   one && other ? movement(name, first, second, *other - *one) : ""});
  }
}

void add_figures(const RunFacts& first, const RunFacts& second, std::vector<Difference>& all) {
  if (!first.evaluation || !second.evaluation) return;
  static const PartFigures kNone;
  std::set<string> parts;
  for (const auto* run : {&first, &second})
    for (const auto& [part, figures] : run->evaluation->metrics.parts) parts.insert(part);
  const auto of = [](const RunFacts& run, const string& part) -> const PartFigures& {
    const auto found = run.evaluation->metrics.parts.find(part);
    return found == run.evaluation->metrics.parts.end() ? kNone : found->second;
  };
  for (const auto& part : parts) add_part(part, of(first, part), of(second, part), all);
}

}  // namespace

const std::vector<string>& difference_groups() {
  static const std::vector<string> kNames = [] {
    std::vector<string> names;
    for (const auto& group : groups()) names.emplace_back(group.name);
    names.emplace_back("figure");
    return names;
  }();
  return kNames;
}

std::vector<Difference> differences(const RunFacts& first, const RunFacts& second) {
  std::vector<Difference> all;
  for (const auto& group : groups())
    if (is_comparable(group.name, first, second)) add_group(group, first, second, all);
  add_figures(first, second, all);
  return all;
}

}  // namespace mf::report
