// Times the evaluation of a part in memory: `bench_metrics ROWS RESAMPLES THREADS`. Prints seconds and bytes a row.

#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "mf/metrics/evaluate.hpp"
#include "mf/metrics/intervals.hpp"

namespace {

using namespace mf::metrics;

constexpr std::uint32_t kEntities = 50'000;
constexpr int kDays = 35;

/// Keys of 14 bytes in one string, as scored rows have them.
struct Keys {
  std::string bytes;
  std::vector<std::size_t> ends;

  void append(std::size_t number) {
    const std::string digits = std::to_string(number);
    bytes.append("evt_").append(10 - digits.size(), '0').append(digits);
    ends.push_back(bytes.size());
  }
};

/// Rows of cards on days with amounts, channels and the scores of two models; 1 % are fraud, and some scores tie.
RankedPart make_rows(std::size_t rows, Keys& keys) {
  std::mt19937_64 dice(7);
  std::uniform_real_distribution<double> share(0, 1);
  RankedPart part;
  part.entity_count = kEntities;
  part.slices.push_back({"channel", {"app", "shop", "web"}, {}});
  for (std::size_t row = 0; row < rows; ++row) {
    const bool fraud = share(dice) < 0.01;
    const double score = fraud ? share(dice) : share(dice) * share(dice) * share(dice);
    keys.append(row);
    part.scores.push_back(static_cast<float>(score));
    part.baseline_scores.push_back(static_cast<float>((score + share(dice)) / 2));
    part.labels.push_back(fraud ? 1 : 0);
    part.days.push_back(20'000 + static_cast<int>(share(dice) * kDays));
    part.amounts.push_back(1 + 100 * share(dice));
    part.entities.push_back(static_cast<std::uint32_t>(share(dice) * kEntities));
    part.slices.front().codes.push_back(static_cast<std::uint32_t>(share(dice) * 3));
  }
  return part;
}

EvaluationSettings make_settings() {
  EvaluationSettings settings;
  settings.top_k = {100, 1000};
  settings.alert_rates = {0.001, 0.01};
  settings.max_fpr = {0.01, 0.05};
  settings.card_top_k = {100};
  settings.beta = 2;
  settings.costs = Costs{5, 0, 1};
  settings.threshold = 0.5;
  return settings;
}

/// What `work` takes, in seconds.
template <typename Work>
double seconds(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The most memory that this process has had, in bytes.
double most_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024;
}

ForEach on_threads(unsigned threads) {
  return [threads](std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> pool;
    for (unsigned t = 0; t < threads; ++t)
      pool.emplace_back([&] {
        for (std::size_t i = next++; i < count; i = next++) work(i);
      });
  };
}

std::vector<std::string> names_of(const Figures& figures) {
  std::vector<std::string> names;
  for (const auto& [name, figure] : figures) names.push_back(name);
  return names;
}

void tell(const char* what, double time) {
  std::printf("%-28s %7.2f s   peak %6.1f MB\n", what, time, most_memory() / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t rows = argc > 1 ? std::stoul(argv[1]) : 1'000'000;
  const std::int64_t resamples = argc > 2 ? std::stol(argv[2]) : 200;
  const unsigned threads = argc > 3 ? static_cast<unsigned>(std::stoul(argv[3])) : 2;
  RankedPart part;
  {
    Keys keys;
    part = make_rows(rows, keys);
    tell("rows made", 0);
    tell("ranked", seconds([&] { part = rank(std::move(part), {keys.bytes, keys.ends}); }));
  }
  auto settings = make_settings();
  settings.references["train"] = score_distribution(part);
  PartMetrics metrics;
  tell("evaluated", seconds([&] { metrics = evaluate(part, settings); }));
  const auto names = names_of(metrics.figures);
  for (const auto cluster : {Cluster::entity, Cluster::day})
    tell(cluster == Cluster::entity ? "intervals by entity" : "intervals by day", seconds([&] {
           static_cast<void>(intervals(part, settings, names, {resamples, cluster, 42}, on_threads(threads)));
         }));
  tell("compared with a baseline", seconds([&] {
         static_cast<void>(compare(part, settings, settings, {"average_precision", "card_precision_at_100"},
                                   {resamples, Cluster::entity, 42}, on_threads(threads)));
       }));
  std::printf("%zu figures\n", names.size());
}
