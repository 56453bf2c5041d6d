#pragma once
// Files that somebody names on the command line, as opposed to what lies in the store under a key.
//
// Room: factory.

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// The bytes of the file `path`; unless told otherwise it is a document. Of a file with more than `limit` bytes only
/// one byte more than that comes back, so that its reader sees that it is too large. Messages call it `name`. Throws
/// FILE_NOT_FOUND when it is not there, FILE_NOT_READABLE when it may not be read or is no file, FILE_UNAVAILABLE when
/// it cannot be reached at the moment.
std::string read_named_file(const std::string& path, const std::string& name,
                            std::size_t limit = store::ArtifactStore::kDocumentLimit);

/// The same of a file that is open already.
std::string read_open_file(std::FILE* file, const std::string& name,
                           std::size_t limit = store::ArtifactStore::kDocumentLimit);

/// Makes `bytes` the whole of the file `path`; nobody ever sees half of it. Throws as read_named_file.
void write_named_file(const std::string& path, std::string_view bytes);

/// Raises what it means that the system could not `act` (read, write, make) on `name`, for the reason `error` (errno).
[[noreturn]] void refuse_named_file(std::string_view act, const std::string& name, int error);

}  // namespace mf::factory
