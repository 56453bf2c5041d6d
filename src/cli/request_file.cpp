#include "cli/request_file.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"

namespace mf::cli {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

/// The new file `file`, or nothing where one is there already.
File create(const std::string& file) {
  std::FILE* opened = std::fopen(file.c_str(), "wbxe");
  if (opened == nullptr && errno != EEXIST) factory::refuse_named_file("write", file, errno);
  return File(opened);
}

std::string text_of(const contracts::TrainBuildRequest& request) {
  return nlohmann::ordered_json::parse(contracts::request_json(request)).dump(2) + "\n";
}

/// A half-written request would stand in the way of the next attempt.
[[noreturn]] void give_up(const std::string& file, int error) {
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  factory::refuse_named_file("write", file, error);
}

}  // namespace

std::string name_of_request_file(const std::string& file) { return file == "-" ? "standard input" : file; }

std::string read_request_file(const std::string& file) {
  const std::string name = name_of_request_file(file);
  return file == "-" ? factory::read_open_file(stdin, name) : factory::read_named_file(file, name);
}

void write_request_file(const std::string& file, const contracts::TrainBuildRequest& request) {
  const std::string text = text_of(request);
  File created = create(file);
  if (!created) {
    if (read_request_file(file) == text) return;
    throw Error(Code::DESTINATION_NOT_EMPTY, file + " is there already and holds something else", {{"file", file}},
                "Name another file for --request, or remove this one.");
  }
  if (std::fwrite(text.data(), 1, text.size(), created.get()) != text.size()) give_up(file, errno);
  if (std::fclose(created.release()) != 0) give_up(file, errno);
}

}  // namespace mf::cli
