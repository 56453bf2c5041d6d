// Makes what fuzzing starts from: seed_corpus SOURCE-TREE DESTINATION.
//
// DESTINATION/<target>/ gets the seeds of each target, out of schemas/examples and fuzz/seeds;
// DESTINATION/words.dict gets the names and words of the schemas, as a libFuzzer dictionary.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>

#include "mf/contracts/document.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open()) throw std::runtime_error(file.string() + " cannot be read");
  return bytes;
}

void write(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream stream(file, std::ios::binary);
  stream << bytes << std::flush;
  if (!stream) throw std::runtime_error(file.string() + " cannot be written");
}

// --- seeds ---

/// Where the kind `name` stands in the list of kinds, as document.cpp counts.
char number_of_kind(const std::string& name) {
  const auto kinds = mf::contracts::document_kinds();
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i].name == name) return static_cast<char>(i);
  throw std::runtime_error("schemas/examples/" + name + " is no kind of document");
}

void seed_with_example(const fs::path& example, const std::string& kind, const fs::path& destination) {
  const std::string name = kind + "-" + example.filename().string();
  const std::string text = read(example);
  const bool is_json = example.extension() == ".json";
  if (is_json) write(destination / "json" / name, text);
  // Nearly all JSON is YAML.
  write(destination / "yaml" / name, text);
  const std::string number(1, number_of_kind(kind));
  if (is_json) write(destination / "document" / (name + ".json"), number + '\0' + text);
  write(destination / "document" / (name + ".yaml"), number + '\1' + text);
}

void seed_with_examples(const fs::path& examples, const fs::path& destination) {
  for (const auto& folder : fs::directory_iterator(examples)) {
    for (const auto& example : fs::directory_iterator(folder)) {
      const bool is_list = example.path().filename() == "fixtures.json";
      seed_with_example(example, is_list ? "fixture_set.v1" : folder.path().filename().string(), destination);
    }
  }
}

void seed_by_hand(const fs::path& seeds, const fs::path& destination) {
  for (const auto& target : fs::directory_iterator(seeds))
    for (const auto& seed : fs::directory_iterator(target))
      write(destination / target.path().filename() / seed.path().filename(), read(seed));
}

// --- dictionary ---

void collect_texts(const json& values, std::set<std::string>& words) {
  for (const auto& value : values)
    if (value.is_string()) words.insert(value.get<std::string>());
}

/// The names of fields and the words that a field may hold.
void collect_words(const json& schema, std::set<std::string>& words) {
  if (schema.is_array())
    for (const auto& element : schema) collect_words(element, words);
  if (!schema.is_object()) return;
  for (const auto& [key, value] : schema.items()) {
    if (key == "properties")
      for (const auto& property : value.items()) words.insert(property.key());
    if (key == "enum" || key == "const") collect_texts(value.is_array() ? value : json::array({value}), words);
    collect_words(value, words);
  }
}

std::set<std::string> words_of_schemas() {
  std::set<std::string> words;
  for (const auto& kind : mf::contracts::document_kinds()) collect_words(json::parse(kind.schema), words);
  return words;
}

/// A line of a libFuzzer dictionary.
std::string entry(const std::string& token) {
  std::string line = "\"";
  for (const char c : token) {
    char hex[5];
    std::snprintf(hex, sizeof hex, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    const bool plain = c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
    line += plain ? std::string(1, c) : std::string(hex);
  }
  return line + "\"\n";
}

std::string dictionary() {
  std::string lines;
  for (const char* token : {"null",    "true",
                            "false",   "-0.0",
                            "1e-05",   "9223372036854775807",
                            "\\u0000", "\\ud83d\\ude00",
                            "\n- ",    ": ",
                            "? ",      "---\n",
                            "...\n",   "|\n",
                            ">-\n",    "&a ",
                            "*a",      "!!str ",
                            "<<: ",    "# "})
    lines += entry(token);
  for (const auto& word : words_of_schemas()) lines += entry("\"" + word + "\"");
  return lines;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: %s SOURCE-TREE DESTINATION\n", argv[0]), 64;
  const fs::path source = argv[1], destination = argv[2];
  fs::remove_all(destination);
  seed_with_examples(source / "schemas" / "examples", destination);
  seed_by_hand(source / "fuzz" / "seeds", destination);
  write(destination / "words.dict", dictionary());
}
