#pragma once
// The files of tests/data that hold one JSON object a line.

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace mf::testing {

/// Every line of tests/data/<name>; throws when there is none, so that no test passes for want of a file.
inline std::vector<nlohmann::json> data_lines(const std::string& name) {
  std::ifstream file(std::string(MF_SOURCE_DIR) + "/tests/data/" + name);
  std::vector<nlohmann::json> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(nlohmann::json::parse(line));
  if (lines.empty()) throw std::runtime_error("tests/data/" + name + " is missing or empty");
  return lines;
}

}  // namespace mf::testing
