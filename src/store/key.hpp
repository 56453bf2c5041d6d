#pragma once
// What a key may look like.

#include <string>

namespace mf::store {

/// Throws REF_INVALID unless `key` is a relative path of segments out of [A-Za-z0-9_.:@+=-], none of them `.` or `..`,
/// at most 1024 bytes, no segment longer than 240.
void require_key(const std::string& key);

}  // namespace mf::store
