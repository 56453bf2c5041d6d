#include "mf/contracts/document.hpp"

#include <array>
#include <map>
#include <mutex>

#include "contracts/document_io.hpp"
#include "contracts/embedded_schemas.hpp"
#include "contracts/schema.hpp"
#include "contracts/strict_json.hpp"
#include "contracts/strict_yaml.hpp"
#include "mf/identity/canonical_json.hpp"
#include "mf/identity/recipes.hpp"

namespace mf::contracts {
namespace {

struct KindRow {
  std::string_view struct_name;
  DocumentKind kind;
};

const std::vector<KindRow>& rows() {
  static const std::vector<KindRow> kRows = {
#define MF_KIND(type, stem, version, code) {#type, {#stem, #version, embedded_schema(#stem), Code::code}},
#include "contracts/document_kinds.def"
#undef MF_KIND
  };
  return kRows;
}

/// The row of `struct_name` that `value` names by its schema_version; the last one when it names none of them.
const DocumentKind& kind_of(std::string_view struct_name, const json& value) {
  const DocumentKind* last = nullptr;
  for (const auto& row : rows()) {
    if (row.struct_name != struct_name) continue;
    last = &row.kind;
    const bool named = value.is_object() && value.contains("schema_version") && value.at("schema_version").is_string();
    if (named && value.at("schema_version").get_ref<const std::string&>() == row.kind.schema_version) break;
  }
  if (last == nullptr) throw Error(Code::INTERNAL, "no schema for the document " + std::string(struct_name));
  return *last;
}

const Schema& schema_of(const DocumentKind& kind) {
  static std::map<std::string_view, Schema> compiled;
  static std::mutex mutex;
  const std::scoped_lock lock(mutex);
  return compiled.try_emplace(kind.name, kind.schema).first->second;
}

json parse_either(std::string_view bytes, const std::string& where, bool yaml) {
  return yaml ? parse_strict_yaml(bytes, where) : parse_strict_json(bytes, where);
}

std::string in_words(const Violation& violation, const std::string& where) {
  const std::string place = where + ": " + violation.pointer;
  if (violation.kind == Violation::Kind::missing) return place + " is missing";
  if (violation.kind == Violation::Kind::unknown) return place + " is not a key of this document";
  return place + " should be " + violation.expected + "; found " + violation.found;
}

}  // namespace

std::span<const DocumentKind> document_kinds() {
  static const std::vector<DocumentKind> kKinds = [] {
    std::vector<DocumentKind> kinds;
    for (const auto& row : rows()) kinds.push_back(row.kind);
    return kinds;
  }();
  return kKinds;
}

json parse_document(std::string_view struct_name, std::string_view bytes, const std::string& where, bool yaml) {
  try {
    return parse_either(bytes, where, yaml);
  } catch (const Error& error) {
    throw Error(kind_of(struct_name, nullptr).invalid, error.message(), error.context(), error.hint());
  }
}

void require_valid(std::string_view struct_name, const json& value, const std::string& where) {
  const DocumentKind& kind = kind_of(struct_name, value);
  const auto violation = schema_of(kind).check(value);
  if (!violation) return;
  throw Error(kind.invalid, in_words(*violation, where),
              {{"document", where},
               {"pointer", violation->pointer},
               {"found", violation->found},
               {"expected", violation->expected},
               {"schema", std::string(kind.schema_version)}},
              violation->fix);
}

json without_circumstance(std::string_view struct_name, const json& value) {
  return schema_of(kind_of(struct_name, value)).without_circumstance(value);
}

std::string written(std::string_view struct_name, const json& value) {
  const DocumentKind& kind = kind_of(struct_name, value);
  if (const auto violation = schema_of(kind).check(value))
    throw Error(Code::INTERNAL, "a document to be written breaks its schema: " +
                                    in_words(*violation, std::string(kind.schema_version)));
  return identity::canonical_json(value) + "\n";
}

std::string digest_without_circumstance(std::string_view struct_name, const json& value) {
  return identity::document_digest(without_circumstance(struct_name, value));
}

std::string canonical_form_of_json(std::string_view bytes, const std::string& where) {
  return identity::canonical_json(parse_either(bytes, where, false));
}

std::string canonical_form_of_yaml(std::string_view bytes, const std::string& where) {
  return identity::canonical_json(parse_either(bytes, where, true));
}

}  // namespace mf::contracts
