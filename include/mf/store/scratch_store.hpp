#pragma once
// A store for as long as one piece of work takes.
//
// Room: store.

#include <memory>
#include <string>

#include "mf/store/artifact_store.hpp"

namespace mf::store {

/// The folder where bytes lie that nobody will want again: $TMPDIR, else /var/tmp, else /tmp.
std::string scratch_folder();

/// An empty store in a scratch file on the file system of `folder`: nobody else can open it, and it is gone with its
/// owner, however that ends. Nothing in it survives anything. Throws STORE_FULL, STORE_NOT_PERMITTED or
/// STORE_UNAVAILABLE.
std::unique_ptr<ArtifactStore> open_scratch(const std::string& folder);

}  // namespace mf::store
