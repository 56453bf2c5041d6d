#include "cli/page_file.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"

namespace mf::cli {
namespace {

namespace fs = std::filesystem;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

bool holds(const std::string& file, const std::string& text) {
  std::error_code error;
  return fs::is_regular_file(file, error) && fs::file_size(file, error) == text.size() &&
         factory::read_named_file(file, file, text.size()) == text;
}

/// A file beside the destination, which takes its place when it is whole.
class Draft {
 public:
  explicit Draft(const std::string& file) : file_(file), path_(file + ".mf-part") {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

  void write(const std::string& text) const {
    File opened(std::fopen(path_.c_str(), "wbe"));
    if (!opened) refuse(errno);
    if (std::fwrite(text.data(), 1, text.size(), opened.get()) != text.size()) refuse(errno);
    if (std::fclose(opened.release()) != 0) refuse(errno);
  }

  void take_place() const {
    if (std::rename(path_.c_str(), file_.c_str()) != 0) refuse(errno);
  }

 private:
  [[noreturn]] void refuse(int error) const { factory::refuse_named_file("write", file_, error); }

  std::string file_, path_;
};

}  // namespace

void write_page_file(const std::string& file, const std::string& text, Overwrite overwrite) {
  std::error_code error;
  if (holds(file, text)) return;
  if (overwrite == Overwrite::never && fs::exists(fs::symlink_status(file, error)))
    throw Error(Code::DESTINATION_NOT_EMPTY, file + " is there already and holds something else", {{"file", file}},
                "Name another file with --out, or write over this one with --force.");
  const Draft draft(file);
  draft.write(text);
  draft.take_place();
}

}  // namespace mf::cli
