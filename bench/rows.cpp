// The row-bound stages alone, through Model Factory's own code, on the data of bench/make_data.py.
//
//   bench_rows read  FOLDER THREADS         events.csv to rows in memory
//   bench_rows train FOLDER THREADS ROUNDS  features.f32 to a scratch file, and a model from there: 70 % train, 15 %
//                                           watched after every round, 15 % scored; the float matrix is never in memory
//
// Prints one JSON object with the seconds of each step and the peak memory.

#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mf/dataset/feature_spill.hpp"
#include "mf/dataset/read_rows.hpp"
#include "mf/engine/booster.hpp"
#include "mf/identity/digest.hpp"
#include "mf/store/artifact_store.hpp"

namespace {

using nlohmann::json;
using namespace mf;

class Stopwatch {
 public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::string sha256_of(store::Source& file) {
  identity::Hasher hasher;
  std::vector<char> block(1 << 20);
  while (const std::size_t got = file.read(block)) hasher.update({block.data(), got});
  return to_hex(hasher.finish());
}

contracts::DatasetMaterialization materialization_of(const std::filesystem::path& folder, store::ArtifactStore& store) {
  const json facts = json::parse(std::ifstream(folder / "data.json"));
  contracts::DatasetMaterialization data;
  data.dataset_manifest_id = "dm_bench";
  data.format = "csv";
  data.row_count = facts.at("rows");
  data.columns = {{"event_id", "string", {"subject_key"}},
                  {"event_time_utc", "timestamp", {"event_time"}},
                  {"card_id", "string", {"entity_key"}},
                  {"label", "int64", {"label"}},
                  {"label_observed_utc", "timestamp", {"label_observed_time"}},
                  {"amount", "float64", {"amount", "feature"}}};
  for (int i = 0; i + 1 < facts.at("features"); ++i)
    data.columns.push_back({"f" + std::to_string(i), "float64", {"feature"}});
  data.files = {{"events.csv", sha256_of(*store.open("events.csv")),
                 static_cast<std::int64_t>(std::filesystem::file_size(folder / "events.csv")), data.row_count}};
  return data;
}

json measure_read(const std::filesystem::path& folder, int threads) {
  const auto store = store::open_filesystem(folder);
  const auto data = materialization_of(folder, *store);
  Stopwatch watch;
  const auto rows = dataset::read_rows(*store, {data}, {}, threads);
  return {{"rows", rows.size()}, {"read_seconds", watch.lap()}};
}

std::vector<float> read_floats(const std::filesystem::path& path) {
  std::vector<float> floats(std::filesystem::file_size(path) / sizeof(float));
  std::ifstream(path, std::ios::binary)
      .read(reinterpret_cast<char*>(floats.data()), static_cast<std::streamsize>(floats.size() * sizeof(float)));
  return floats;
}

dataset::FeatureSpill spilled(const std::filesystem::path& folder, std::size_t rows, std::size_t columns) {
  constexpr std::size_t kBlockRows = 4096;
  dataset::FeatureSpill spill(folder, columns);
  std::ifstream in(folder / "features.f32", std::ios::binary);
  std::vector<float> block(kBlockRows * columns);
  for (std::size_t begin = 0; begin < rows; begin += kBlockRows) {
    block.resize(std::min(kBlockRows, rows - begin) * columns);
    in.read(reinterpret_cast<char*>(block.data()), static_cast<std::streamsize>(block.size() * sizeof(float)));
    spill.append(block);
  }
  return spill;
}

std::vector<std::size_t> range(std::size_t begin, std::size_t end) {
  std::vector<std::size_t> numbers;
  numbers.reserve(end - begin);
  for (std::size_t i = begin; i < end; ++i) numbers.push_back(i);
  return numbers;
}

contracts::TrainingProfile profile_of(std::int64_t rounds) {
  contracts::TrainingProfile profile;
  profile.algorithm_id = "xgboost.gbtree";
  profile.algorithm.rounds = rounds;
  profile.algorithm.params = {{"max_depth", std::int64_t{6}}, {"eta", 0.1}};
  profile.algorithm.early_stopping_rounds = rounds;
  profile.algorithm.early_stopping_metric = "auc_pr";
  return profile;
}

json measure_train(const std::filesystem::path& folder, int threads, std::int64_t rounds) {
  dataset::Rows rows;
  for (const float label : read_floats(folder / "labels.f32")) rows.labels.push_back(label > 0 ? 1 : 0);
  const std::size_t columns = json::parse(std::ifstream(folder / "data.json")).at("features");
  for (std::size_t i = 0; i < columns; ++i) rows.feature_names.push_back("f" + std::to_string(i));
  const auto train = range(0, rows.size() * 7 / 10), validation = range(train.size(), rows.size() * 17 / 20);
  const auto test = range(train.size() + validation.size(), rows.size());

  Stopwatch watch;
  json seconds;
  const auto spill = spilled(folder, rows.size(), columns);
  seconds["spill"] = watch.lap();
  dataset::SpilledBatches of_train(spill, rows, train), of_validation(spill, rows, validation);
  const auto fit = engine::fit({of_train, of_validation}, profile_of(rounds), {.seed = 31, .threads = threads});
  seconds["fit"] = watch.lap();
  const double fit_peak = peak_megabytes();
  dataset::SpilledBatches of_test(spill, rows, test);
  const auto scores = engine::Scorer(fit.model, rows.feature_names, threads).score(of_test);
  seconds["score"] = watch.lap();
  return {{"rows", rows.size()},
          {"features", columns},
          {"seconds", seconds},
          {"best_auc_pr", fit.best_metric.value()},
          {"fit_peak_megabytes", fit_peak},
          {"model_sha256", identity::sha256_hex(fit.model)}};
}

int measure(const std::vector<std::string>& words) {
  const int threads = std::stoi(words.at(3));
  json result = words.at(1) == "read" ? measure_read(words.at(2), threads)
                                      : measure_train(words.at(2), threads, std::stoll(words.at(4)));
  result["threads"] = threads;
  result["peak_megabytes"] = peak_megabytes();
  std::puts(result.dump().c_str());
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::fputs("usage: bench_rows read FOLDER THREADS | train FOLDER THREADS ROUNDS\n", stderr);
    return 64;
  }
  try {
    return measure({words, words + count});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_rows: %s\n", error.what());
    return 1;
  }
}
