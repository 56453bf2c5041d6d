#pragma once
// A bundle's id from its content.

#include <string>

#include "mf/contracts/bundle_documents.hpp"

namespace mf::publication {

/// The recipe mf.bundle_id.v2 over everything in `manifest` but its id and version.
std::string bundle_id_of(const contracts::BundleManifest& manifest);

}  // namespace mf::publication
