// Reading alone, through Model Factory's own code, on the data of bench/make_data.py.
//
//   bench_rows read FOLDER THREADS [FORMAT]   events.csv, or events.FORMAT, to rows, batch after batch
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

#include "mf/dataset/row_source.hpp"
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

contracts::DatasetMaterialization materialization_of(const std::filesystem::path& folder, store::ArtifactStore& store,
                                                     const std::string& format) {
  const json facts = json::parse(std::ifstream(folder / "data.json"));
  contracts::DatasetMaterialization data;
  data.dataset_manifest_id = "dm_bench";
  data.format = format;
  data.row_count = facts.at("rows");
  data.columns = {{"event_id", "string", {"subject_key"}},
                  {"event_time_utc", "timestamp", {"event_time"}},
                  {"card_id", "string", {"entity_key"}},
                  {"label", "int64", {"label"}},
                  {"label_observed_utc", "timestamp", {"label_observed_time"}},
                  {"amount", "float64", {"amount", "feature"}}};
  for (int i = 0; i + 1 < facts.at("features"); ++i)
    data.columns.push_back({"f" + std::to_string(i), "float64", {"feature"}});
  const std::string name = "events." + format;
  data.files = {{name, sha256_of(*store.open(name)),
                 static_cast<std::int64_t>(std::filesystem::file_size(folder / name)), data.row_count}};
  return data;
}

json measure_read(const std::filesystem::path& folder, int threads, const std::string& format) {
  constexpr std::size_t kBatchRows = 65'536;
  const auto store = store::open_filesystem(folder);
  const auto data = materialization_of(folder, *store, format);
  Stopwatch watch;
  const auto source = dataset::open_rows(*store, {data}, threads);
  dataset::Rows batch = source->empty(kBatchRows);
  std::size_t rows = 0;
  for (std::size_t got = 1; got > 0; dataset::clear(batch)) rows += got = source->append_to(batch, kBatchRows);
  return {{"rows", rows}, {"read_seconds", watch.lap()}};
}

int measure(const std::vector<std::string>& words) {
  const int threads = std::stoi(words.at(3));
  json result = measure_read(words.at(2), threads, words.size() > 4 ? words[4] : "csv");
  result["threads"] = threads;
  result["peak_megabytes"] = peak_megabytes();
  std::puts(result.dump().c_str());
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::fputs("usage: bench_rows read FOLDER THREADS [FORMAT]\n", stderr);
    return 64;
  }
  try {
    return measure({words, words + count});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_rows: %s\n", error.what());
    return 1;
  }
}
