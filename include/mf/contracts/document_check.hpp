#pragma once
// Checking a document of any kind, known by its name at run time.
//
// Room: contracts.  The same readers that the corridor uses, so a document that passes here is read there: request,
// job, boundaries and profiles with what they demand beyond their schemas.

#include <optional>
#include <string>
#include <string_view>

#include "mf/contracts/document.hpp"
#include "mf/contracts/train_build_request.hpp"

namespace mf::contracts {

/// What a document that was accepted says of itself.
struct CheckedDocument {
  std::string content_digest;               ///< 64 hex: of its content, circumstance left out
  std::optional<RequestIdentity> identity;  ///< of a TrainBuildRequest
};

/// The kind called `name`, by the stem of its schema (dataset_manifest.v1) or by its schema_version.
/// Throws USAGE, with the nearest name, when there is none.
const DocumentKind& document_kind(std::string_view name);

/// Reads `bytes` as a document of exactly this kind and version. `where` names the source; profiles and boundaries are
/// JSON or YAML by its ending (syntax_of), as they are in the corridor, and every other kind is JSON.
/// Throws what the kind's reader throws: the kind's own code, or that of the field.
CheckedDocument check_document(const DocumentKind& kind, std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
