#include <filesystem>

#include "factory/likely_cause.hpp"
#include "factory/rebuild.hpp"
#include "factory/run_place.hpp"
#include "mf/factory/named_file.hpp"
#include "mf/factory/stories.hpp"
#include "mf/store/scratch_store.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;
using contracts::ExecutionRecord;
using ledger::RunState;
using store::layout::RunPlace;

/// A run that is made again.
struct Reproduction {
  Workshop& workshop;
  RunPlace run;
  RunState recorded{};             ///< where the run is
  contracts::LedgerEvent first{};  ///< of its log
  std::vector<Content> contents{};
  std::unique_ptr<store::ArtifactStore> place{};  ///< where it is made again
  RunState rebuilt{};
  std::vector<Parting> partings{};
  std::vector<Cause> causes{};
};

ExecutionRecord execution_of(const Side& side, const std::string& run) {
  return recorded<ExecutionRecord>(side.store, side.state, kExecutionRecord, run);
}

/// What the run left, before any work is spent on making it again.
void read_recorded(Reproduction& it) {
  const auto& store = *it.workshop.artifacts;
  const std::string& run = it.run.run_key;
  ledger::RunLog log(*it.workshop.artifacts, it.workshop.clock, it.run);
  it.recorded = log.read();
  require_known(it.recorded, run);
  if (it.recorded.find(kModel.name) == nullptr) rethrow_recorded_end(it.recorded, run);
  static_cast<void>(require_recorded(it.recorded, kModel, run));
  it.first = log.events().front();
  static_cast<void>(recorded<contracts::ResolvedTrainPlan>(store, it.recorded, kPlan, run));
  it.contents = contents_of(store, it.recorded, run);
}

std::unique_ptr<store::ArtifactStore> open_folder(const std::string& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) refuse_named_file("make", "the folder " + folder, problem.value());
  const bool is_empty = fs::is_empty(folder, problem);
  if (problem) refuse_named_file("look into", "the folder " + folder, problem.value());
  if (!is_empty)
    throw Error(Code::DESTINATION_NOT_EMPTY, folder + " already holds something", {{"folder", folder}},
                "Name a new or empty folder to keep the rebuilt run in.");
  return store::open_filesystem(folder);
}

void make_again(Reproduction& it, const std::string& keep) {
  it.place = keep.empty() ? store::open_scratch(it.workshop.scratch_folder) : open_folder(keep);
  it.workshop.journal.say("rebuilding run " + it.run.run_key + " from its locked plan, with " +
                          std::to_string(it.workshop.threads) + " threads");
  it.rebuilt = rebuild(it.workshop, it.run, it.recorded, it.first, *it.place);
}

void compare(Reproduction& it) {
  const auto again = contents_of(*it.place, it.rebuilt, it.run.run_key);
  const Side was{*it.workshop.artifacts, it.recorded};
  const Side is{*it.place, it.rebuilt};
  it.partings = partings(was, it.contents, is, again, it.run.run_key);
  if (it.partings.empty()) return;
  it.causes = likely_causes(execution_of(was, it.run.run_key), execution_of(is, it.run.run_key), it.partings);
}

std::string name_of(const Parting& parting) { return parting.recorded.kind->name; }

std::string in_words(const Parting& parting) { return name_of(parting) + ": " + parting.what; }

Error error_of(const Reproduction& it) {
  const auto& first = it.partings.front();
  const auto& cause = it.causes.front();
  std::map<std::string, std::string> context{{"run", it.run.run_key},
                                             {"artifact", name_of(first)},
                                             {"ref", first.recorded.record.ref},
                                             {"expected", first.recorded.digest},
                                             {"cause", cause.name}};
  if (first.rebuilt) context["observed"] = first.rebuilt->digest;
  if (first.tree) context["tree"] = std::to_string(*first.tree);
  return {first.recorded.kind->changed,
          "what the locked plan gives is not what was recorded, first of all in the " + in_words(first), context,
          cause.fix};
}

void tell_figures(const Reproduction& it, const std::string& keep, Result& result) {
  std::vector<std::string> compared;
  std::vector<std::string> differences;
  std::vector<std::string> causes;
  for (const auto& content : it.contents) compared.emplace_back(content.kind->name);
  for (const auto& parting : it.partings) differences.push_back(in_words(parting));
  for (const auto& cause : it.causes) causes.push_back(cause.name + ": " + cause.words);
  result.figures = {{"state", std::string(name_of(it.recorded.state))},
                    {"threads", static_cast<std::int64_t>(it.workshop.threads)},
                    {"compared", compared},
                    {"differences", differences},
                    {"causes", causes}};
  if (!it.partings.empty()) result.figures.emplace_back("first_difference", name_of(it.partings.front()));
  if (!it.partings.empty() && it.partings.front().tree)
    result.figures.emplace_back("first_tree", *it.partings.front().tree);
  if (!keep.empty()) result.figures.emplace_back("kept", keep);
}

void tell_sameness(const Reproduction& it, Result& result) {
  result.lines.push_back(std::to_string(it.contents.size()) +
                         " artifacts, rebuilt from the locked plan, are what was recorded, digest for digest");
  result.lines.push_back("model:   " + it.contents.front().digest);
  if (const auto bundle = it.rebuilt.facts.find("bundle_id"); bundle != it.rebuilt.facts.end())
    result.lines.push_back("bundle:  " + bundle->second);
}

void tell_differences(const Reproduction& it, Result& result) {
  result.exit_status = 1;
  result.failure = error_of(it);
  const auto& first = it.partings.front();
  result.lines.push_back("first difference: " + in_words(first));
  result.lines.push_back("recorded: " + first.recorded.digest);
  if (first.rebuilt) result.lines.push_back("rebuilt:  " + first.rebuilt->digest);
  for (std::size_t i = 0; i < it.causes.size(); ++i)
    result.lines.push_back((i == 0 ? "likely cause: " : "also another: ") + it.causes[i].name + ": " +
                           it.causes[i].words);
  for (std::size_t i = 1; i < it.partings.size(); ++i)
    result.lines.push_back("also different: " + in_words(it.partings[i]));
}

Result told(const Reproduction& it, const std::string& keep) {
  auto result = result_of(it.recorded, it.run, it.partings.empty() ? "REPRODUCED" : "DIFFERENT");
  for (const auto& content : it.contents) result.refs[content.kind->name + std::string("_ref")] = content.record.ref;
  tell_figures(it, keep, result);
  if (it.partings.empty())
    tell_sameness(it, result);
  else
    tell_differences(it, result);
  if (!keep.empty()) result.lines.push_back("rebuilt run: " + keep);
  return result;
}

}  // namespace

Result reproduce(Workshop& workshop, RunPlace run, const ReproduceChoices& choices) {
  if (run.platform_run_id.empty()) run = locate_run(*workshop.artifacts, run.run_key);
  if (choices.threads) workshop.threads = *choices.threads;
  Reproduction it{workshop, std::move(run)};
  read_recorded(it);
  make_again(it, choices.keep);
  compare(it);
  return told(it, choices.keep);
}

}  // namespace mf::factory
