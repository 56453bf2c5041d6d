#include "support/temporary_folder.hpp"

#include <fstream>
#include <random>
#include <sstream>

namespace mf::testing {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::random_device entropy;
  do {
    folder_ = fs::temp_directory_path() / ("mf-test-" + std::to_string(entropy()));
  } while (!fs::create_directory(folder_));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string TemporaryFolder::path(const std::string& below) const { return (folder_ / below).string(); }

void TemporaryFolder::write(const std::string& below, const std::string& bytes) const {
  fs::create_directories((folder_ / below).parent_path());
  std::ofstream(folder_ / below, std::ios::binary | std::ios::trunc) << bytes;
}

std::string TemporaryFolder::read(const std::string& below) const {
  std::ifstream file(folder_ / below, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace mf::testing
