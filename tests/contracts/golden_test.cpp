// tests/golden/<document>.jsonl has a line for each valid example of the document, in the order of their names: the
// bytes that MF writes for it. With MF_ACCEPT_GOLDEN=1 in the environment the files are written anew; what changed in
// them is then a matter of review.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "contracts/any_document.hpp"

namespace mf::contracts {
namespace {

namespace fs = std::filesystem;
using mf::testing::all_documents;
using mf::testing::AnyDocument;

const fs::path kGolden = fs::path(MF_SOURCE_DIR) / "tests" / "golden";
const fs::path kExamples = fs::path(MF_SOURCE_DIR) / "schemas" / "examples";

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<fs::path> examples_of(const AnyDocument& document) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(kExamples / document.kind))
    if (entry.path().filename().string().starts_with("valid-") && entry.path().extension() == ".json")
      found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// What stands in a bundle without its circumstance is written so; everything else is written whole.
std::string written(const AnyDocument& document, const fs::path& example) {
  const bool in_bundle = example.filename().string().find("in-a-bundle") != std::string::npos;
  return (in_bundle ? document.content : document.rewritten)(text_of(example));
}

std::string golden_lines(const AnyDocument& document) {
  std::string lines;
  for (const auto& example : examples_of(document)) lines += written(document, example);
  return lines;
}

fs::path golden_of(const AnyDocument& document) { return kGolden / (std::string(document.kind) + ".jsonl"); }

TEST(GoldenFile, IsWhatMfWritesForTheExamples) {
  const bool accepting = std::getenv("MF_ACCEPT_GOLDEN") != nullptr;
  for (const auto& document : all_documents()) {
    const std::string lines = golden_lines(document);
    if (accepting) std::ofstream(golden_of(document), std::ios::binary) << lines;
    EXPECT_EQ(text_of(golden_of(document)), lines)
        << document.kind << ": if this change is meant, run contracts_test with MF_ACCEPT_GOLDEN=1";
  }
}

TEST(GoldenFile, IsThereForEveryDocumentAndNothingElse) {
  const auto files = std::distance(fs::directory_iterator(kGolden), fs::directory_iterator());
  EXPECT_EQ(static_cast<std::size_t>(files), all_documents().size());
}

}  // namespace
}  // namespace mf::contracts
