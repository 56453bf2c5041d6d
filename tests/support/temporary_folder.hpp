#pragma once
// A folder that lasts as long as a test.

#include <filesystem>
#include <string>

namespace mf::testing {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::string path(const std::string& below = "") const;
  void write(const std::string& below, const std::string& bytes) const;
  [[nodiscard]] std::string read(const std::string& below) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace mf::testing
