#pragma once
// Contract fixtures: folders of documents whose reading must end as written beside them.
//
// Room: factory.  docs/formats/fixture_set.v1.md has the format.

#include <string>
#include <string_view>

#include "mf/contracts/document.hpp"
#include "mf/factory/result.hpp"

namespace mf::factory {

/// Checks one document of any kind, alone: no store, no other file. Outcome ACCEPTED, with its content digest (and the
/// identity, of a request). Throws what the kind's reader throws.
Result validate_document(const contracts::DocumentKind& kind, std::string_view bytes, const std::string& where);

/// Reads every document of the fixture set in `folder`, or of each set in its subfolders when it holds none itself, and
/// compares how that ends with what is expected. `kind`, where given, must be the kind of every set.
/// The lines: one for each mismatch, then `N passed, N failed`; exit status 1 when anything failed. A document without
/// an expectation, and an expectation without its document, fail too.
/// Throws FILE_NOT_FOUND (no such folder, no set), DOCUMENT_INVALID (a set that cannot be used) and USAGE (other kind).
Result check_fixtures(const std::string& folder, const contracts::DocumentKind* kind);

}  // namespace mf::factory
