#include "mf/factory/named_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "mf/error.hpp"
#include "mf/store/projection.hpp"

namespace mf::factory {
namespace {

Code code_of(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
      return Code::FILE_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS:
    case EISDIR:
    case ELOOP:
    case ENXIO:  // a socket
      return Code::FILE_NOT_READABLE;
    default:
      return Code::FILE_UNAVAILABLE;
  }
}

/// Opening a pipe waits for whoever writes into it, perhaps for ever; a device has no end. What the shell has opened
/// already is another matter.
void require_file(const std::string& path, const std::string& name) {
  namespace fs = std::filesystem;
  std::error_code problem;
  const auto type = fs::status(path, problem).type();
  const bool opened_already = path.starts_with("/dev/fd/") || path == "/dev/stdin";
  const bool waits = type == fs::file_type::fifo || type == fs::file_type::character || type == fs::file_type::block;
  if (!waits || (opened_already && type == fs::file_type::fifo)) return;
  throw Error(Code::FILE_NOT_READABLE, "cannot read " + name + ": it is a pipe or a device", {{"file", name}},
              "Name a regular file; standard input is called -.");
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// How much room the file at `path` needs, as far as that can be known before it is read.
std::size_t room_for(const std::string& path, std::size_t limit) {
  std::error_code unknown;
  const auto size = std::filesystem::file_size(path, unknown);
  return unknown ? 0 : static_cast<std::size_t>(std::min<std::uintmax_t>(size, limit)) + 1;
}

std::string read_into(std::string bytes, std::FILE* file, const std::string& name, std::size_t limit) {
  std::array<char, 65536> piece{};
  while (bytes.size() <= limit) {
    const std::size_t size = std::fread(piece.data(), 1, std::min(piece.size(), limit + 1 - bytes.size()), file);
    if (size == 0) break;
    bytes.append(piece.data(), size);
  }
  if (std::ferror(file) != 0) refuse_named_file("read", name, errno);
  return bytes;
}

}  // namespace

std::string read_named_file(const std::string& path, const std::string& name, std::size_t limit) {
  require_file(path, name);
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rbe"));
  if (!file) refuse_named_file("read", name, errno);
  std::string bytes;
  bytes.reserve(room_for(path, limit));
  return read_into(std::move(bytes), file.get(), name, limit);
}

std::string read_open_file(std::FILE* file, const std::string& name, std::size_t limit) {
  return read_into({}, file, name, limit);
}

void write_named_file(const std::string& path, std::string_view bytes) {
  if (const int failure = store::replace_file(path, bytes); failure != 0) refuse_named_file("write", path, failure);
}

void refuse_named_file(std::string_view act, const std::string& name, int error) {
  throw Error(code_of(error), "cannot " + std::string(act) + " " + name + ": " + std::generic_category().message(error),
              {{"file", name}, {"errno", std::to_string(error)}}, error == EISDIR ? "Name a file, not a folder." : "");
}

}  // namespace mf::factory
