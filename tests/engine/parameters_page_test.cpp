// docs/engine_parameters.md shows the tables of the engine. With MF_ACCEPT_GOLDEN set, the tables are written into it.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine/early_stopping.hpp"
#include "mf/engine/objectives.hpp"
#include "mf/engine/parameters.hpp"

namespace mf::engine {
namespace {

constexpr const char* kPage = MF_SOURCE_DIR "/docs/engine_parameters.md";

std::string yes(bool is) { return is ? "yes" : "no"; }

std::string algorithms() {
  std::string table = "| algorithm_id | what it is |\n|---|---|\n";
  for (const auto& row : algorithm_table())
    table += "| `" + std::string(row.name) + "` | " + std::string(row.effect) + " |\n";
  return table;
}

std::string objectives() {
  std::string table = "| objective | probabilities | what a score is | meaning |\n|---|---|---|---|\n";
  for (const auto& row : objective_table())
    table += "| `" + std::string(row.name) + "` | " + yes(row.gives_probabilities) + " | " + std::string(row.score) +
             " | " + std::string(row.effect) + " |\n";
  return table;
}

std::string metrics() {
  std::string table = "| metric | XGBoost's name | better when | needs probabilities |\n|---|---|---|---|\n";
  for (const auto& row : stopping_metrics())
    table += "| `" + std::string(row.name) + "` | `" + std::string(row.engine_name) + "` | " +
             (row.higher_is_better ? "higher" : "lower") + " | " + yes(row.of_probabilities) + " |\n";
  return table;
}

std::string owners_of(const ParameterRow& row) {
  std::string owners;
  for (const auto& algorithm : algorithm_table())
    if (row.belongs_to(algorithm.kind)) owners += (owners.empty() ? "" : ", ") + std::string(algorithm.engine_name);
  return owners;
}

std::string parameters() {
  std::string table = "| name | of | value | XGBoost's default | what it does |\n|---|---|---|---|---|\n";
  for (const auto& row : parameter_table())
    table += "| `" + std::string(row.name) + "` | " + owners_of(row) + " | " + row.allowed() + " | " +
             std::string(row.preset) + " | " + std::string(row.effect) + " |\n";
  return table;
}

std::string text_of(const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// `page` with `table` in place of the one whose heading begins with `heading`.
std::string with_table(const std::string& page, const std::string& heading, const std::string& table) {
  const auto begin = page.find("| " + heading + " |");
  if (begin == std::string::npos) return page + "\nNO TABLE OF " + heading;
  auto end = begin;
  while (page.compare(end, 1, "|") == 0) end = page.find('\n', end) + 1;
  return page.substr(0, begin) + table + page.substr(end);
}

std::string renewed(std::string page) {
  page = with_table(page, "algorithm_id", algorithms());
  page = with_table(page, "objective", objectives());
  page = with_table(page, "metric", metrics());
  return with_table(page, "name", parameters());
}

TEST(EngineParametersPage, ShowsTheTables) {
  const std::string page = text_of(kPage);
  if (std::getenv("MF_ACCEPT_GOLDEN") != nullptr) std::ofstream(kPage) << renewed(page);
  EXPECT_EQ(text_of(kPage), renewed(page));
}

}  // namespace
}  // namespace mf::engine
