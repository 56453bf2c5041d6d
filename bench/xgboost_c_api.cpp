// The floor of the benchmarks: XGBoost's C API alone.
//
//   bench_xgboost_c_api dense|quantile|batches FOLDER COLUMNS [THREADS [ROUNDS [SHARE]]]
//
// FOLDER holds features.f32 and labels.f32 from bench/make_data.py. `dense` is the plain DMatrix, as most programs use,
// and `quantile` the quantile matrix, both fed one block that is in memory already: reading it is not in the seconds.
// `batches` is the quantile matrix read from the file batch by batch, on each of its four passes: the floor of the
// memory. Of SHARE, such as 0.7, only that share of the rows is used, the first. Prints one JSON object.

#include <sys/resource.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Data {
  std::vector<float> features, labels;
  std::size_t columns = 0;
};

void call(int status) {
  if (status != 0) throw std::runtime_error(XGBGetLastError());
}

std::vector<float> read_floats(const std::filesystem::path& path) {
  std::vector<float> floats(std::filesystem::file_size(path) / sizeof(float));
  std::ifstream in(path, std::ios::binary);
  in.read(reinterpret_cast<char*>(floats.data()), static_cast<std::streamsize>(floats.size() * sizeof(float)));
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return floats;
}

Data read_data(const std::filesystem::path& folder, std::size_t columns, bool with_features) {
  Data data{{}, read_floats(folder / "labels.f32"), columns};
  if (!with_features) return data;
  data.features = read_floats(folder / "features.f32");
  if (data.features.size() != data.labels.size() * columns) throw std::runtime_error("COLUMNS does not fit the files");
  return data;
}

void keep_first(Data& data, double share) {
  data.labels.resize(static_cast<std::size_t>(static_cast<double>(data.labels.size()) * share));
  if (!data.features.empty()) data.features.resize(data.labels.size() * data.columns);
}

std::string interface_of(const std::vector<float>& features, std::size_t columns) {
  return R"({"data": [)" + std::to_string(reinterpret_cast<std::uintptr_t>(features.data())) +
         R"(, true], "shape": [)" + std::to_string(features.size() / columns) + ", " + std::to_string(columns) +
         R"(], "typestr": "<f4", "version": 3})";
}

std::string config_of(const std::string& threads) { return R"({"missing": NaN, "nthread": )" + threads + "}"; }

void set_labels(DMatrixHandle matrix, const Data& data) {
  call(XGDMatrixSetFloatInfo(matrix, "label", data.labels.data(), data.labels.size()));
}

DMatrixHandle dense_matrix(const Data& data, const std::string& threads) {
  DMatrixHandle matrix = nullptr;
  call(
      XGDMatrixCreateFromDense(interface_of(data.features, data.columns).c_str(), config_of(threads).c_str(), &matrix));
  set_labels(matrix, data);
  return matrix;
}

// One block that XGBoost asks for several times.
struct Block {
  const Data& data;
  DMatrixHandle proxy = nullptr;
  bool given = false;
};

int give(void* handle) noexcept {
  auto& block = *static_cast<Block*>(handle);
  if (block.given) return 0;
  call(XGProxyDMatrixSetDataDense(block.proxy, interface_of(block.data.features, block.data.columns).c_str()));
  set_labels(block.proxy, block.data);
  return block.given = true;
}

void rewind_block(void* handle) noexcept { static_cast<Block*>(handle)->given = false; }

DMatrixHandle quantile_matrix(const Data& data, const std::string& threads) {
  Block block{data};
  call(XGProxyDMatrixCreate(&block.proxy));
  DMatrixHandle matrix = nullptr;
  call(XGQuantileDMatrixCreateFromCallback(&block, block.proxy, nullptr, rewind_block, give, config_of(threads).c_str(),
                                           &matrix));
  call(XGDMatrixFree(block.proxy));
  return matrix;
}

// The file, which XGBoost asks for in batches, several times.
struct Batches {
  static constexpr std::size_t kRows = 16'384;

  const Data& data;
  std::ifstream file;
  DMatrixHandle proxy = nullptr;
  std::size_t at = 0;
  std::vector<float> features = {};
};

int give_batch(void* handle) noexcept {
  auto& batches = *static_cast<Batches*>(handle);
  const std::size_t rows = std::min(Batches::kRows, batches.data.labels.size() - batches.at);
  if (rows == 0) return 0;
  batches.features.resize(rows * batches.data.columns);
  batches.file.read(reinterpret_cast<char*>(batches.features.data()),
                    static_cast<std::streamsize>(batches.features.size() * sizeof(float)));
  call(XGProxyDMatrixSetDataDense(batches.proxy, interface_of(batches.features, batches.data.columns).c_str()));
  call(XGDMatrixSetFloatInfo(batches.proxy, "label", batches.data.labels.data() + batches.at, rows));
  batches.at += rows;
  return 1;
}

void rewind_batches(void* handle) noexcept {
  auto& batches = *static_cast<Batches*>(handle);
  batches.at = 0;
  batches.file.clear();
  batches.file.seekg(0);
}

DMatrixHandle matrix_from_batches(const Data& data, const std::filesystem::path& folder, const std::string& threads) {
  Batches batches{data, std::ifstream(folder / "features.f32", std::ios::binary)};
  call(XGProxyDMatrixCreate(&batches.proxy));
  DMatrixHandle matrix = nullptr;
  call(XGQuantileDMatrixCreateFromCallback(&batches, batches.proxy, nullptr, rewind_batches, give_batch,
                                           config_of(threads).c_str(), &matrix));
  call(XGDMatrixFree(batches.proxy));
  return matrix;
}

DMatrixHandle matrix_of(const std::string& kind, const Data& data, const std::filesystem::path& folder,
                        const std::string& threads) {
  if (kind == "batches") return matrix_from_batches(data, folder, threads);
  return kind == "quantile" ? quantile_matrix(data, threads) : dense_matrix(data, threads);
}

void train(DMatrixHandle matrix, const std::string& threads, int rounds) {
  BoosterHandle booster = nullptr;
  call(XGBoosterCreate(&matrix, 1, &booster));
  const std::vector<std::pair<const char*, std::string>> parameters = {{"objective", "binary:logistic"},
                                                                       {"tree_method", "hist"},
                                                                       {"max_depth", "6"},
                                                                       {"eta", "0.1"},
                                                                       {"nthread", threads}};
  for (const auto& [name, text] : parameters) call(XGBoosterSetParam(booster, name, text.c_str()));
  for (int round = 0; round < rounds; ++round) call(XGBoosterUpdateOneIter(booster, round, matrix));
  call(XGBoosterFree(booster));
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void measure(const std::string& kind, const Data& data, const std::filesystem::path& folder, const std::string& threads,
             int rounds) {
  const auto start = std::chrono::steady_clock::now();
  DMatrixHandle matrix = matrix_of(kind, data, folder, threads);
  const double matrix_seconds = seconds_since(start);
  train(matrix, threads, rounds);
  const double seconds = seconds_since(start);
  call(XGDMatrixFree(matrix));
  std::printf(R"({"matrix": "%s", "rows": %zu, "rounds": %d, "threads": %s, "matrix_seconds": %.3f, "seconds": %.3f, )"
              R"("peak_megabytes": %.0f})"
              "\n",
              kind.c_str(), data.labels.size(), rounds, threads.c_str(), matrix_seconds, seconds, peak_megabytes());
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::fputs("usage: bench_xgboost_c_api dense|quantile|batches FOLDER COLUMNS [THREADS [ROUNDS [SHARE]]]\n", stderr);
    return 64;
  }
  try {
    const std::string kind = words[1];
    Data data = read_data(words[2], std::stoul(words[3]), kind != "batches");
    if (count > 6) keep_first(data, std::stod(words[6]));
    measure(kind, data, words[2], count > 4 ? words[4] : "2", count > 5 ? std::stoi(words[5]) : 50);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_xgboost_c_api: %s\n", error.what());
    return 1;
  }
  return 0;
}
