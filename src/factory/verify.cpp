#include "factory/examination.hpp"
#include "mf/factory/stories.hpp"

namespace mf::factory {
namespace {

using store::layout::RunPlace;
namespace layout = store::layout;

std::string context_of(const Error& error, const char* name) {
  const auto found = error.context().find(name);
  return found == error.context().end() ? std::string() : found->second;
}

std::string in_words(const Difference& difference) {
  std::string words = difference.check + ": " + difference.error.message();
  const std::string expected = context_of(difference.error, "expected");
  const std::string observed = context_of(difference.error, "observed");
  if (!expected.empty()) words += "; expected " + expected;
  if (!observed.empty()) words += "; found " + observed;
  return words;
}

void tell_figures(const Examined& examined, Result& result) {
  const auto& verification = examined.verification;
  std::vector<std::string> differences;
  for (const auto& difference : verification.differences()) differences.push_back(in_words(difference));
  result.figures = {{"state", std::string(name_of(examined.state.state))},
                    {"events", static_cast<std::int64_t>(examined.events.size())},
                    {"checks", verification.checks()},
                    {"files", verification.files()},
                    {"bytes", verification.bytes()},
                    {"inputs", examined.inputs},
                    {"unrecorded", static_cast<std::int64_t>(examined.unrecorded)},
                    {"differences", differences}};
}

void tell_extent(const Examined& examined, Result& result) {
  const auto& verification = examined.verification;
  const auto& state = examined.state;
  result.lines.push_back(std::to_string(verification.files()) + " files of " + std::to_string(verification.bytes()) +
                         " bytes and " + std::to_string(examined.events.size()) + " events are as recorded");
  result.lines.push_back("the run is " + std::string(name_of(state.state)) + " since " + state.since_utc +
                         (state.is_over() ? "" : ": what there is so far was verified"));
  if (examined.unrecorded > 0)
    result.lines.push_back(std::to_string(examined.unrecorded) +
                           " files of the run's folder were never recorded, and count for nothing");
  if (!examined.inputs) result.lines.emplace_back("inputs were not read; --inputs verifies them too");
}

/// The first difference as the failure, the others below it.
void tell_differences(const Verification& verification, Result& result) {
  const auto& differences = verification.differences();
  result.failure = differences.front().error;
  result.exit_status = 1;
  result.lines.push_back("first difference: " + in_words(differences.front()));
  for (std::size_t i = 1; i < differences.size(); ++i)
    result.lines.push_back("also different: " + in_words(differences[i]));
  if (verification.unread()) result.lines.push_back("could not be read: " + verification.unread()->message());
}

Result told(const Examined& examined) {
  const auto& verification = examined.verification;
  if (verification.differences().empty() && verification.unread()) throw Error(*verification.unread());
  Result result;
  result.outcome = verification.differences().empty() ? "VERIFIED" : "DIFFERENT";
  result.run = examined.run.run_key;
  if (!verification.differences().empty()) tell_differences(verification, result);
  tell_figures(examined, result);
  if (examined.state.sequence == 0) return result;
  result.identity = identity_in(examined.state);
  tell_extent(examined, result);
  return result;
}

/// The result of one run among all, as a line.
void add_run(Result& all, const Result& one) {
  all.figures.emplace_back(one.run, one.outcome);
  all.lines.push_back(one.run + "  " + one.outcome + (one.lines.empty() ? "" : "  " + one.lines.front()));
  if (one.exit_status == 0) return;
  all.outcome = "DIFFERENT";
  all.exit_status = one.exit_status;
  if (!all.failure) all.failure = one.failure;
}

}  // namespace

Result verify(Workshop& workshop, RunPlace run, bool inputs) { return told(examine(workshop, std::move(run), inputs)); }

Result verify_all(Workshop& workshop, bool inputs) {
  Result all;
  all.outcome = "VERIFIED";
  std::optional<Error> unread;
  for (const auto& key : workshop.artifacts->list(layout::run_anchors())) {
    const std::string file = key.substr(key.rfind('/') + 1);
    try {
      add_run(all, verify(workshop, {"", file.substr(0, file.rfind('.'))}, inputs));
    } catch (const Error& error) {
      if (error.code() == Code::RUN_NOT_FOUND) continue;
      if (!unread) unread = error;
    }
  }
  if (!all.failure && unread) throw Error(*unread);
  if (unread) all.lines.push_back("could not be read: " + unread->message());
  if (all.figures.empty()) all.lines.emplace_back("this store holds no runs yet");
  return all;
}

}  // namespace mf::factory
