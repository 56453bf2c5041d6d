#pragma once
// A store for as long as one piece of work takes.
//
// Room: store.

#include <memory>
#include <string>

#include "mf/store/artifact_store.hpp"

namespace mf::store {

/// An empty store in scratch files on the file system of `folder`: nobody else can open them, and they are gone with
/// their owner, however that ends. Nothing in it survives anything.
std::unique_ptr<ArtifactStore> open_scratch(std::string folder);

}  // namespace mf::store
