#include "cli/request_file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

#include "mf/error.hpp"

namespace mf::cli {
namespace {

/// One byte more than a document may have, so that the reader of documents sees that it is too long.
constexpr std::size_t kMostBytes = 4 * 1024 * 1024 + 1;

struct Close {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void refuse(const std::string& file, const char* act, int error) {
  const bool missing = error == ENOENT || error == ENOTDIR;
  const std::string reason = std::generic_category().message(error);
  throw Error(missing ? Code::FILE_NOT_FOUND : Code::FILE_NOT_READABLE,
              "cannot " + std::string(act) + " " + name_of_request_file(file) + ": " + reason, {{"file", file}});
}

File open_to_read(const std::string& file) {
  if (file == "-") return File(stdin);
  std::FILE* opened = std::fopen(file.c_str(), "rbe");
  if (opened == nullptr) refuse(file, "read", errno);
  return File(opened);
}

/// The new file `file`, or nothing where one is there already.
File create(const std::string& file) {
  std::FILE* opened = std::fopen(file.c_str(), "wbxe");
  if (opened == nullptr && errno != EEXIST) refuse(file, "write", errno);
  return File(opened);
}

std::string text_of(const contracts::TrainBuildRequest& request) {
  return nlohmann::ordered_json::parse(contracts::request_json(request)).dump(2) + "\n";
}

/// A half-written request would stand in the way of the next attempt.
[[noreturn]] void give_up(const std::string& file, int error) {
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  refuse(file, "write", error);
}

}  // namespace

std::string name_of_request_file(const std::string& file) { return file == "-" ? "standard input" : file; }

std::string read_request_file(const std::string& file) {
  const File opened = open_to_read(file);
  std::string bytes;
  std::array<char, 65536> piece{};
  while (bytes.size() < kMostBytes) {
    const std::size_t size =
        std::fread(piece.data(), 1, std::min(piece.size(), kMostBytes - bytes.size()), opened.get());
    if (size == 0) break;
    bytes.append(piece.data(), size);
  }
  if (std::ferror(opened.get()) != 0) refuse(file, "read", errno);
  return bytes;
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
