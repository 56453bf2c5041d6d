#include "mf/metrics/intervals.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <thread>

#include "metrics/naive_figures.hpp"
#include "metrics/sweep.hpp"
#include "mf/error.hpp"
#include "mf/metrics/catalogue.hpp"

namespace mf::metrics {
namespace {

constexpr std::uint64_t kSeed = 42;

void one_after_the_other(std::size_t count, const std::function<void(std::size_t)>& work) {
  for (std::size_t i = 0; i < count; ++i) work(i);
}

EvaluationSettings all_settings() {
  EvaluationSettings settings;
  settings.top_k = {3, 10};
  settings.alert_rates = {.05, .3};
  settings.max_fpr = {.1};
  settings.card_top_k = {1, 3};
  settings.beta = 2;
  settings.costs = Costs{2, 3, .5};
  settings.threshold = .6;
  return settings;
}

const std::vector<std::string>& all_names() {
  static const std::vector<std::string> names = [] {
    std::mt19937 dice(1);
    std::vector<std::string> found;
    for (const auto& figure : evaluate(ScoredRows::random(200, 9, .3, dice).ranked(), all_settings()).figures)
      found.push_back(figure.first);
    return found;
  }();
  return names;
}

/// The definition of docs/metrics.md again, with copies of rows in place of counts.
class NaiveBootstrap {
 public:
  NaiveBootstrap(const ScoredRows& rows, Cluster cluster) : rows_(rows.rows()), cluster_(cluster) {
    std::map<std::uint32_t, bool> fraud;
    for (const ScoredRow& row : rows_) fraud[cluster_of(row)] |= row.label == 1;
    for (const auto& [number, has_fraud] : fraud) (has_fraud ? with_fraud_ : without_).push_back(number);
  }

  /// The copies of the drawn clusters; each copy of an entity is an entity of its own, next to the others.
  [[nodiscard]] ScoredRows resample(std::uint64_t number) const {
    const auto times = draw(number);
    std::vector<ScoredRow> copies;
    for (const ScoredRow& row : rows_) {
      const auto found = times.find(cluster_of(row));
      for (std::uint32_t copy = 0; found != times.end() && copy < found->second; ++copy) {
        copies.push_back(row);
        copies.back().key += "#" + std::to_string(copy);
        copies.back().entity = row.entity * kMostCopies + copy;
      }
    }
    return ScoredRows(std::move(copies));
  }

  [[nodiscard]] std::map<std::uint32_t, std::uint32_t> draw(std::uint64_t number) const {
    std::uint64_t mixed = kSeed + (number + 1) * 0x9E3779B97F4A7C15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    std::mt19937_64 engine(mixed ^ (mixed >> 31U));
    std::map<std::uint32_t, std::uint32_t> times;
    for (const auto* stratum : {&with_fraud_, &without_})
      for (std::size_t i = 0; i < stratum->size(); ++i)
        ++times[stratum->at(((engine() >> 32U) * stratum->size()) >> 32U)];
    return times;
  }

  static constexpr std::uint32_t kMostCopies = 64;

 private:
  [[nodiscard]] std::uint32_t cluster_of(const ScoredRow& row) const {
    return cluster_ == Cluster::entity ? row.entity : static_cast<std::uint32_t>(row.day);
  }

  std::vector<ScoredRow> rows_;
  Cluster cluster_;
  std::vector<std::uint32_t> with_fraud_, without_;
};

/// numpy.quantile's default.
double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1), below = std::floor(place);
  const double low = values.at(static_cast<std::size_t>(below)),
               high = values.at(static_cast<std::size_t>(std::ceil(place)));
  return low + (high - low) * (place - below);
}

void expect_interval_of(const Interval& interval, std::vector<double> draws, const std::string& name) {
  std::erase_if(draws, [](double draw) { return std::isnan(draw); });
  EXPECT_EQ(interval.finite, std::ssize(draws)) << name;
  if (!interval.lower) return;
  EXPECT_NEAR(*interval.lower, quantile(draws, .025), 1e-11) << name;
  EXPECT_NEAR(*interval.upper, quantile(draws, .975), 1e-11) << name;
}

double drawn(const Figures& figures, const std::string& name) {
  return figures.at(name).value.value_or(std::numeric_limits<double>::quiet_NaN());
}

TEST(Intervals, AreThoseOfCopiedEntities) {
  std::mt19937 dice(2);
  for (const int steps : {3, 50, 100'000}) {
    const auto rows = ScoredRows::random(300, steps, .2, dice);
    const NaiveBootstrap naive(rows, Cluster::entity);
    std::map<std::string, std::vector<double>> draws;
    for (std::uint64_t i = 0; i < 60; ++i) {
      const auto figures = evaluate(naive.resample(i).ranked(20 * NaiveBootstrap::kMostCopies), all_settings()).figures;
      for (const auto& name : all_names()) draws[name].push_back(drawn(figures, name));
    }
    const auto told =
        intervals(rows.ranked(), all_settings(), all_names(), {60, Cluster::entity, kSeed}, one_after_the_other);
    for (const auto& name : all_names()) {
      ASSERT_TRUE(told.at(name).lower) << name << ": " << told.at(name).reason;
      expect_interval_of(told.at(name), draws[name], name);
    }
  }
}

/// The mean of a figure of days, each as often as it was drawn.
double mean_of_days(const PartMetrics& metrics, const std::string& name,
                    const std::map<std::uint32_t, std::uint32_t>& times) {
  double sum = 0, count = 0;
  for (const Period& day : metrics.days) {
    const auto found = times.find(static_cast<std::uint32_t>(day.first_day));
    if (found == times.end() || !day.figures.at(name).value) continue;
    sum += found->second * *day.figures.at(name).value;
    count += found->second;
  }
  return sum / count;
}

TEST(Intervals, AreThoseOfCopiedDays) {
  std::mt19937 dice(3);
  const auto rows = ScoredRows::random(400, 50, .2, dice);
  const NaiveBootstrap naive(rows, Cluster::day);
  const auto metrics = evaluate(rows.ranked(), all_settings());
  const std::vector<std::string> names = {"auc_roc",
                                          "precision_at_10",
                                          "value_recall",
                                          "daily_precision_at_3",
                                          "daily_recall_at_3",
                                          "card_precision_at_3",
                                          "worst_week_average_precision"};
  std::map<std::string, std::vector<double>> draws;
  for (std::uint64_t i = 0; i < 80; ++i) {
    const auto copied = evaluate(naive.resample(i).ranked(20 * NaiveBootstrap::kMostCopies), all_settings()).figures;
    const auto times = naive.draw(i);
    double found = 0, frauds = 0;
    for (const auto& [day, of_day] : naive::by_day(rows.rows())) {
      const auto drawn = times.find(static_cast<std::uint32_t>(day));
      if (drawn == times.end()) continue;
      found += drawn->second * naive::frauds(naive::top(of_day, 3));
      frauds += drawn->second * naive::frauds(of_day);
    }
    for (const char* name : {"auc_roc", "precision_at_10", "value_recall", "worst_week_average_precision"})
      draws[name].push_back(value(copied, name));
    draws["daily_precision_at_3"].push_back(mean_of_days(metrics, "precision_at_3", times));
    draws["card_precision_at_3"].push_back(mean_of_days(metrics, "card_precision_at_3", times));
    draws["daily_recall_at_3"].push_back(found / frauds);
  }
  const auto told = intervals(rows.ranked(), all_settings(), names, {80, Cluster::day, kSeed}, one_after_the_other);
  for (const auto& name : names) {
    ASSERT_TRUE(told.at(name).lower) << name;
    expect_interval_of(told.at(name), draws[name], name);
  }
}

TEST(Intervals, HoldThePointEstimateOfAnAverageFigure) {
  std::mt19937 dice(4);
  const auto part = ScoredRows::random(3000, 1000, .1, dice).ranked();
  const auto point = evaluate(part, all_settings()).figures;
  const auto told =
      intervals(part, all_settings(), {"auc_roc", "recall", "brier"}, {200, Cluster::entity, 1}, one_after_the_other);
  for (const auto& [name, interval] : told) {
    EXPECT_LT(*interval.lower, value(point, name));
    EXPECT_GT(*interval.upper, value(point, name));
    EXPECT_EQ(interval.finite, 200);
  }
}

TEST(Intervals, AreTheSameWhateverTheThreadsAndTheOrderOfTheRows) {
  std::mt19937 dice(5);
  const auto rows = ScoredRows::random(2000, 300, .1, dice);
  const ForEach backwards_on_threads = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (std::size_t i = count; i-- > 0;)
          if (i % 4 == t) work(i);
      });
  };
  for (const Cluster cluster : {Cluster::entity, Cluster::day}) {
    const Bootstrap bootstrap{50, cluster, 9};
    const auto told = intervals(rows.ranked(), all_settings(), all_names(), bootstrap, one_after_the_other);
    EXPECT_EQ(intervals(rows.ranked(), all_settings(), all_names(), bootstrap, backwards_on_threads), told);
    EXPECT_EQ(intervals(rows.shuffled(dice).ranked(), all_settings(), all_names(), bootstrap, one_after_the_other),
              told);
  }
}

TEST(Intervals, DependOnTheSeed) {
  std::mt19937 dice(6);
  const auto part = ScoredRows::random(500, 300, .2, dice).ranked();
  const auto told = [&](std::uint64_t seed) {
    return intervals(part, {}, {"auc_roc"}, {50, Cluster::entity, seed}, one_after_the_other).at("auc_roc");
  };
  EXPECT_NE(told(1), told(2));
  EXPECT_EQ(told(1), told(1));
}

TEST(Intervals, DoNotDependOnWhatElseIsAskedFor) {
  std::mt19937 dice(7);
  const auto part = ScoredRows::random(500, 30, .2, dice).ranked();
  const Bootstrap bootstrap{40, Cluster::entity, 1};
  const auto all = intervals(part, all_settings(), all_names(), bootstrap, one_after_the_other);
  for (const auto& name : all_names())
    EXPECT_EQ(intervals(part, all_settings(), {name}, bootstrap, one_after_the_other).at(name), all.at(name)) << name;
}

TEST(Intervals, AreToldUnderTheNamesTheyWereAskedFor) {
  const auto told = intervals(handbook_rows().ranked(), {}, {"precision_at_alert_rate_0.500"}, {1, Cluster::entity, 1},
                              one_after_the_other);
  EXPECT_TRUE(told.contains("precision_at_alert_rate_0.500"));
}

Interval of(const ScoredRows& rows, const std::string& name, Cluster cluster = Cluster::entity) {
  return intervals(rows.ranked(), all_settings(), {name}, {40, cluster, 1}, one_after_the_other).at(name);
}

TEST(Intervals, AreAbsentWithTheReasonOfAnUndefinedFigure) {
  const ScoredRows clean({{.5F, 0, "a", 0, 0}, {.4F, 0, "b", 1, 1}});
  EXPECT_EQ(of(clean, "auc_roc"), (Interval{{}, {}, 0, "no fraud rows in this part"}));
  EXPECT_EQ(of(clean, "psi_from_train").reason, "there is no part to compare the scores with");
  EXPECT_EQ(of({}, "brier").reason, "no rows in this part");
}

TEST(Intervals, NeedMoreThanOneCluster) {
  const ScoredRows one({{.5F, 0, "a", 3, 5}, {.4F, 1, "b", 3, 5}});
  EXPECT_EQ(of(one, "auc_roc").reason, "there is only one entity to draw from");
  EXPECT_EQ(of(one, "auc_roc", Cluster::day).reason, "there is only one day to draw from");
  EXPECT_EQ(of(one, "auc_roc").finite, 0);
}

TEST(Intervals, NeedMoreThanOneClusterWithFraud) {
  const ScoredRows one({{.5F, 0, "a", 1, 1}, {.4F, 1, "b", 2, 2}, {.4F, 0, "c", 3, 3}});
  EXPECT_EQ(of(one, "auc_roc").reason, "only one entity has fraud");
  EXPECT_EQ(of(one, "auc_roc", Cluster::day).reason, "only one day has fraud");
}

TEST(Intervals, NeedTheColumnOfTheClusters) {
  const auto told = [](Cluster cluster) {
    return intervals(tied_rows().plain(), {}, {"auc_roc"}, {5, cluster, 1}, one_after_the_other).at("auc_roc").reason;
  };
  EXPECT_EQ(told(Cluster::entity), "the rows name no entities");
  EXPECT_EQ(told(Cluster::day), "the rows have no event days");
}

TEST(Intervals, AreAbsentWhenTooFewResamplesDefineTheFigure) {
  // A threshold that only one row of three entities is above: a resample in three or so lacks it.
  const ScoredRows rows({{.9F, 0, "a", 0, 0}, {.1F, 0, "b", 0, 1}, {.1F, 0, "c", 0, 2}});
  const Interval told = of(rows, "precision");
  EXPECT_FALSE(told.lower);
  EXPECT_GT(told.finite, 0);
  EXPECT_LT(told.finite, 38);
  EXPECT_EQ(told.reason, "defined in too few resamples: " + std::to_string(told.finite));
}

TEST(Intervals, TakeARowWithoutAnEntityForAClusterOfItsOwn) {
  const ScoredRows rows({{.5F, 0, "a", 0, kNoEntity}, {.4F, 0, "b", 0, kNoEntity}, {.3F, 0, "c", 0, 1}});
  EXPECT_EQ(cluster_count(rows.ranked(), Cluster::entity), 3);
  EXPECT_EQ(cluster_count(rows.ranked(), Cluster::day), 1);
  EXPECT_TRUE(of(rows, "brier").lower);
}

TEST(Intervals, RefuseNamesThatAreNoMetricsAndNoResamples) {
  const auto part = tied_rows().ranked();
  EXPECT_THROW(intervals(part, {}, {"auc"}, {5, Cluster::entity, 1}, one_after_the_other), Error);
  EXPECT_THROW(intervals(part, {}, {"auc_roc"}, {0, Cluster::entity, 1}, one_after_the_other), Error);
}

TEST(Compare, SubtractsFiguresOfTheSameResamples) {
  std::mt19937 dice(8);
  const auto rows = ScoredRows::random(400, 40, .2, dice);
  auto by_baseline = rows.rows();
  for (ScoredRow& row : by_baseline) row.score = row.baseline;
  auto baseline_settings = all_settings();
  baseline_settings.threshold = .4;
  const NaiveBootstrap candidate(rows, Cluster::entity), baseline(ScoredRows(by_baseline), Cluster::entity);
  std::map<std::string, std::vector<double>> draws;
  for (std::uint64_t i = 0; i < 50; ++i) {
    constexpr std::uint32_t entities = 20 * NaiveBootstrap::kMostCopies;
    const auto mine = evaluate(candidate.resample(i).ranked(entities), all_settings()).figures;
    const auto theirs = evaluate(baseline.resample(i).ranked(entities), baseline_settings).figures;
    for (const auto& name : all_names()) draws[name].push_back(drawn(mine, name) - drawn(theirs, name));
  }
  const auto told = compare(rows.ranked(), all_settings(), baseline_settings, all_names(), {50, Cluster::entity, kSeed},
                            one_after_the_other);
  const auto mine = evaluate(rows.ranked(), all_settings()).figures;
  const auto theirs = evaluate(ScoredRows(by_baseline).ranked(), baseline_settings).figures;
  for (const auto& name : all_names()) {
    const Difference& difference = told.at(name);
    EXPECT_EQ(difference.candidate, mine.at(name)) << name;
    EXPECT_EQ(difference.baseline, theirs.at(name)) << name;
    EXPECT_EQ(difference.difference.value, value(mine, name) - value(theirs, name)) << name;
    expect_interval_of(difference.interval, draws[name], name);
  }
}

TEST(Compare, FindsNoDifferenceBetweenAModelAndItself) {
  std::mt19937 dice(9);
  auto rows = ScoredRows::random(400, 40, .2, dice).rows();
  for (ScoredRow& row : rows) {
    row.baseline = row.score;
    if (row.entity % 3 == 0) row.entity = kNoEntity;
  }
  for (const Cluster cluster : {Cluster::entity, Cluster::day}) {
    const auto told = compare(ScoredRows(rows).ranked(), all_settings(), all_settings(), all_names(), {30, cluster, 1},
                              one_after_the_other);
    for (const auto& name : all_names()) {
      EXPECT_EQ(told.at(name).difference.value, 0.0) << name;
      EXPECT_EQ(told.at(name).interval, (Interval{0.0, 0.0, 30, ""})) << name;
    }
  }
}

TEST(Compare, SaysWhichOfTheTwoIsUndefined) {
  auto without = all_settings();
  without.threshold.reset();
  const auto part = handbook_rows().ranked();
  const Bootstrap bootstrap{5, Cluster::entity, 1};
  EXPECT_EQ(compare(part, without, all_settings(), {"recall"}, bootstrap, one_after_the_other).at("recall").difference,
            (Figure{std::nullopt, "the profile has no operating point"}));
  EXPECT_EQ(compare(part, all_settings(), without, {"recall"}, bootstrap, one_after_the_other).at("recall").difference,
            (Figure{std::nullopt, "of the baseline: the profile has no operating point"}));
}

TEST(Compare, NeedsBaselineScores) {
  EXPECT_THROW(compare(tied_rows().plain(), {}, {}, {"auc_roc"}, {5, Cluster::entity, 1}, one_after_the_other), Error);
}

TEST(Figures, WeighRowsAsScikitLearnDoes) {
  const RankedPart part = tied_rows().plain();
  const std::vector<std::uint32_t> clusters{0, 1, 2, 3, 4, 5, 6, 7}, times{10, 1, 200, 5, 50, 7, 3, 2};
  const Wanted wanted({}, {"auc_roc", "average_precision"});
  const auto figures = figures_of(SweepBasis(part, wanted), wanted, {clusters, times});
  EXPECT_DOUBLE_EQ(value(figures, "auc_roc"), .9027777777777778);
  EXPECT_DOUBLE_EQ(value(figures, "average_precision"), .9870145652136173);
}

}  // namespace
}  // namespace mf::metrics
