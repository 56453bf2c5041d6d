// Feeds a fuzz target the files given on the command line, and those in the folders given: a fuzz target as a test.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "accepted.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& place) {
  if (!fs::is_directory(place)) return {place};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(place)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void replay(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  // The name is told first: when the target ends the process, it is the last one told.
  std::printf("%s\n", file.c_str());
  std::fflush(stdout);
  mf::fuzz::require(stream.is_open(), "every input can be read");
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t inputs = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& file : files_in(argv[i])) {
      replay(file);
      ++inputs;
    }
  }
  if (inputs == 0) std::fprintf(stderr, "usage: %s FILE-OR-FOLDER...; there was no file to feed\n", argv[0]);
  return inputs == 0 ? 1 : 0;
}
