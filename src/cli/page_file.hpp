#pragma once
// A page that is written into a file of the user's.
//
// Room: cli.

#include <string>

namespace mf::cli {

/// Whether what is there may be written over.
enum class Overwrite { never, allowed };

/// Writes `text` as the whole of `file`; nobody ever sees half of it. A file that holds it already is left alone.
/// Throws DESTINATION_NOT_EMPTY when other content is there and may not be written over, FILE_NOT_FOUND,
/// FILE_NOT_READABLE or FILE_UNAVAILABLE when it cannot be written.
void write_page_file(const std::string& file, const std::string& text, Overwrite overwrite);

}  // namespace mf::cli
