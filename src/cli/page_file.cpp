#include "cli/page_file.hpp"

#include <filesystem>

#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"

namespace mf::cli {
namespace {

namespace fs = std::filesystem;

bool holds(const std::string& file, const std::string& text) {
  std::error_code error;
  return fs::is_regular_file(file, error) && fs::file_size(file, error) == text.size() &&
         factory::read_named_file(file, file, text.size()) == text;
}

}  // namespace

void write_page_file(const std::string& file, const std::string& text, Overwrite overwrite) {
  std::error_code error;
  if (holds(file, text)) return;
  if (overwrite == Overwrite::never && fs::exists(fs::symlink_status(file, error)))
    throw Error(Code::DESTINATION_NOT_EMPTY, file + " is there already and holds something else", {{"file", file}},
                "Name another file with --out, or write over this one with --force.");
  factory::write_named_file(file, text);
}

}  // namespace mf::cli
