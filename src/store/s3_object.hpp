#pragma once
// One object, read in parts.

#include <memory>
#include <string>
#include <string_view>

#include "mf/store/artifact_store.hpp"
#include "store/s3_client.hpp"

namespace mf::store {

/// The object under `key` as a stream, or nothing if there is none. All of it is of the object that was there at the
/// beginning: read throws ARTIFACT_CONFLICT when another one has come in its place. `client` must outlive it.
std::unique_ptr<Source> open_object(const S3Client& client, const std::string& key);

/// The same for reading here and there: all of it is fetched first, into a scratch file. Throws INTERRUPTED between two
/// parts when a stop is asked.
std::unique_ptr<RandomAccess> fetch_object(const S3Client& client, const std::string& key);

/// Whether `source` gives exactly `bytes`.
bool gives(Source& source, std::string_view bytes);

}  // namespace mf::store
