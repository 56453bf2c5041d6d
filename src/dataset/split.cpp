#include "mf/dataset/split.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "dataset/split_steps.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using How = contracts::TrainingProfile::Split;

constexpr double kLongestEmbargoHours = 24.0 * 366 * 1000;
constexpr auto kNever = std::numeric_limits<std::int64_t>::max();

[[noreturn]] void refuse_cut(const std::string& pointer, const std::string& why) {
  throw Error(
      Code::TRAINING_PROFILE_INVALID, "split: " + why, {{"pointer", pointer}},
      "Give shares, or validation_start_utc and a later test_start_utc, which manifests with roles do without.");
}

std::int64_t embargo_of(const How& how) {
  if (how.embargo_hours >= 0 && how.embargo_hours <= kLongestEmbargoHours) {
    return std::llround(how.embargo_hours * 3600 * static_cast<double>(kMicrosecondsPerSecond));
  }
  throw Error(Code::TRAINING_PROFILE_INVALID,
              "split: embargo_hours " + std::to_string(how.embargo_hours) + " is not between 0 and 1000 years",
              {{"pointer", "/split/embargo_hours"}});
}

/// The time of the row at `fraction` of `times`, or just after all of them. Reorders `times`.
std::int64_t time_at(std::vector<std::int64_t>& times, double fraction) {
  const auto index = static_cast<std::ptrdiff_t>(std::floor(fraction * static_cast<double>(times.size()) + 1e-9));
  if (times.empty()) return 0;
  if (static_cast<std::size_t>(index) >= times.size()) return *std::max_element(times.begin(), times.end()) + 1;
  std::nth_element(times.begin(), times.begin() + index, times.end());
  return times[static_cast<std::size_t>(index)];
}

bool has_cut_times(const How& how) { return how.validation_start_utc || how.test_start_utc; }

UtcTime cut_at(const std::string& text, const std::string& pointer) {
  if (const auto time = parse_utc(text)) return *time;
  refuse_cut(pointer, pointer + " is no RFC 3339 time");
}

/// The event times of the eligible rows that may train.
std::vector<std::int64_t> times_to_cut(const Split& split, const RowFacts& rows, const EvaluationRows& evaluation) {
  std::vector<std::int64_t> times;
  times.reserve(rows.size());
  RoleOfRow role(evaluation);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (split.part[i] == Part::train && !role.only_tests(i)) times.push_back(rows.event_time[i]);
  return times;
}

/// When the evaluation begins, and when what comes before it ended.
struct Border {
  std::int64_t last_before = kNever, begin = kNever;
};

Border border_of(const Split& split, const RowFacts& rows, const EvaluationRows& evaluation) {
  Border border;
  RoleOfRow role(evaluation);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (split.part[i] != Part::train) continue;
    if (role.only_tests(i))
      border.begin = std::min(border.begin, rows.event_time[i]);
    else if (border.last_before == kNever || rows.event_time[i] > border.last_before)
      border.last_before = rows.event_time[i];
  }
  return border;
}

/// The cuts of rows whose manifests have no roles.
void find_cuts(Split& split, const RowFacts& rows, const How& how) {
  if (has_cut_times(how)) {
    split.validation_start = cut_at(*how.validation_start_utc, "/split/validation_start_utc");
    split.test_start = cut_at(*how.test_start_utc, "/split/test_start_utc");
    if (*split.test_start <= *split.validation_start)
      refuse_cut("/split/test_start_utc", "test_start_utc is not after validation_start_utc");
    return;
  }
  auto times = times_to_cut(split, rows, {});
  split.validation_start = UtcTime{time_at(times, *how.train)};
  split.test_start = UtcTime{time_at(times, *how.train + *how.validation)};
}

bool is_embargoed(std::int64_t time, std::int64_t cut, std::int64_t embargo) {
  return time >= cut && time - cut < embargo;
}

Part part_at(std::int64_t time, const Split& split, std::int64_t embargo) {
  const std::int64_t validation = split.validation_start->microseconds, test = split.test_start->microseconds;
  if (is_embargoed(time, validation, embargo) || is_embargoed(time, test, embargo)) return Part::embargoed;
  if (time < validation) return Part::train;
  return time < test ? Part::validation : Part::test;
}

void cut(Split& split, const RowFacts& rows, const How& how, std::int64_t embargo) {
  find_cuts(split, rows, how);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (split.part[i] == Part::train) split.part[i] = part_at(rows.event_time[i], split, embargo);
}

Part part_before(std::int64_t time, std::int64_t validation, std::int64_t embargo) {
  if (is_embargoed(time, validation, embargo)) return Part::embargoed;
  return time < validation ? Part::train : Part::validation;
}

void cut_by_roles(Split& split, const RowFacts& rows, const How& how, const EvaluationRows& evaluation,
                  std::int64_t embargo) {
  const Border border = border_of(split, rows, evaluation);
  auto times = has_cut_times(how) ? std::vector<std::int64_t>() : times_to_cut(split, rows, evaluation);
  split.validation_start = has_cut_times(how) ? cut_at(*how.validation_start_utc, "/split/validation_start_utc")
                                              : UtcTime{time_at(times, scaled_train(how))};
  if (border.begin != kNever) split.test_start = UtcTime{border.begin};
  RoleOfRow role(evaluation);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (split.part[i] != Part::train) continue;
    const std::int64_t time = rows.event_time[i];
    if (!role.only_tests(i))
      split.part[i] = part_before(time, split.validation_start->microseconds, embargo);
    else
      split.part[i] = is_embargoed(time, border.last_before, embargo) ? Part::embargoed : Part::test;
  }
}

}  // namespace

void require_cuts_fit(const How& how, bool roles) {
  if (!has_cut_times(how)) return;
  if (!how.validation_start_utc) refuse_cut("/split", "there is no validation_start_utc");
  if (roles && how.test_start_utc)
    refuse_cut("/split/test_start_utc", "the manifests have roles, so what tests begins where they say");
  if (!roles && !how.test_start_utc) refuse_cut("/split", "there is no test_start_utc, and no manifest has a role");
}

Split split_by_time(const RowFacts& rows, const LabelHorizon& horizon, const How& how,
                    const EvaluationRows& evaluation) {
  require_cuts_fit(how, !evaluation.empty());
  if (!has_cut_times(how)) require_fractions(how);
  const std::int64_t embargo = embargo_of(how);
  Split split = begin_split(rows, horizon);
  if (evaluation.empty())
    cut(split, rows, how, embargo);
  else
    cut_by_roles(split, rows, how, evaluation, embargo);
  finish_split(rows, split);
  return split;
}

Split split_all_test(const RowFacts& rows, const LabelHorizon& horizon) {
  Split split = begin_split(rows, horizon);
  split.only_tests = true;
  std::ranges::replace(split.part, Part::train, Part::test);
  finish_split(rows, split, std::array{Part::test});
  return split;
}

}  // namespace mf::dataset
