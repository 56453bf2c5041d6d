#pragma once
// The request file of the command line: read from a file or standard input, written once by `mf pin`.
//
// Room: cli.

#include <string>

#include "mf/contracts/train_build_request.hpp"

namespace mf::cli {

/// The bytes of `file`; - is standard input. Of a file beyond every limit of a document only so many bytes come back
/// that the reader of the document refuses it. Throws FILE_NOT_FOUND, FILE_NOT_READABLE and FILE_UNAVAILABLE.
std::string read_request_file(const std::string& file);

/// How messages call it: its path, or "standard input".
std::string name_of_request_file(const std::string& file);

/// Writes `request` to the new file `file`, as JSON that a person can edit. A file that already holds just this is left
/// alone. Throws DESTINATION_NOT_EMPTY (another file is there), FILE_NOT_FOUND (no such folder), FILE_NOT_READABLE and
/// FILE_UNAVAILABLE.
void write_request_file(const std::string& file, const contracts::TrainBuildRequest& request);

}  // namespace mf::cli
