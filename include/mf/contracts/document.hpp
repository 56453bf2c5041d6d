#pragma once
// Reading and writing documents.
//
// Room: contracts (the only room that touches valijson and yaml-cpp).
// Reading = limits (4 MiB, depth 32, 200,000 nodes, 64 KiB a string) -> strict parse -> schema -> struct.
// Writing = struct -> schema -> canonical JSON and a line feed.
// T is any document struct of this room; which ones there are is listed in src/contracts/document_kinds.def.

#include <span>
#include <string>
#include <string_view>

#include "mf/contracts/syntax.hpp"
#include "mf/error.hpp"

namespace mf::contracts {

/// A kind of document, as the program knows it.
struct DocumentKind {
  std::string_view name;            ///< such as dataset_manifest
  std::string_view schema_version;  ///< such as learning.dataset_manifest.v1
  std::string_view schema;          ///< its JSON Schema (draft-07)
  Code invalid;                     ///< the code of a document that breaks it
};

/// Every kind, in the order of the list; the last ones are written and never read.
std::span<const DocumentKind> document_kinds();

/// Reads a JSON document of kind T. `where` names its source, for messages.
/// Throws the kind's own code, with the JSON pointer of the field, what was there, what was expected, and the fix.
template <class T>
T read_json(std::string_view bytes, const std::string& where);

/// Reads a YAML document of kind T in the JSON-shaped subset of YAML 1.2 (docs/formats/yaml.md). Otherwise as
/// read_json.
template <class T>
T read_yaml(std::string_view bytes, const std::string& where);

/// Reads a document that may be JSON or YAML: the ending of `where` says which (syntax_of).
template <class T>
T read_by_name(std::string_view bytes, const std::string& where) {
  return syntax_of(where) == Syntax::json ? read_json<T>(bytes, where) : read_yaml<T>(bytes, where);
}

/// The bytes of `document`: canonical JSON and a line feed. Throws INTERNAL if it breaks its own schema.
template <class T>
std::string write(const T& document);

/// The same without the fields that its schema marks as circumstance: what may stand in a bundle.
template <class T>
std::string write_content(const T& document);

/// document_digest of `document` without the fields that its schema marks as circumstance.
template <class T>
std::string content_digest(const T& document);

/// The names of T's fields, in the order of its struct: held against its schema by a test.
template <class T>
std::span<const std::string> field_names();

/// Refuses bytes that are no JSON by MF's strict rules, and returns them in canonical form. Throws DOCUMENT_INVALID.
std::string canonical_form_of_json(std::string_view bytes, const std::string& where);

/// The same for MF's subset of YAML.
std::string canonical_form_of_yaml(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
