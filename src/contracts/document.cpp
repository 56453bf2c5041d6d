#include "mf/contracts/document.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "contracts/content_of_kind.hpp"
#include "contracts/document_io.hpp"
#include "contracts/embedded_schemas.hpp"
#include "contracts/environment_values.hpp"
#include "contracts/schema.hpp"
#include "contracts/schema_explanation.hpp"
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
#define MF_WRITTEN_KIND(stem, version, code) {"", {#stem, #version, embedded_schema(#stem), Code::code}},
#include "contracts/document_kinds.def"
#undef MF_WRITTEN_KIND
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

/// Where an installation lies is known to its surroundings; what a model is made of never is.
bool takes_from_environment(const DocumentKind& kind) { return kind.name == "platform_profile.v1"; }

std::string in_words(const Violation& violation, const std::string& where) {
  const std::string place = where + ": " + violation.pointer;
  if (violation.kind == Violation::Kind::missing) return place + " is missing";
  if (violation.kind == Violation::Kind::unknown) return place + " is not a key of this document";
  return place + " should be " + violation.expected + "; found " + violation.found;
}

json parse_kind(const DocumentKind& kind, std::string_view bytes, const std::string& where, bool yaml) {
  try {
    json value = parse_either(bytes, where, yaml);
    if (takes_from_environment(kind) && asks_for_environment(value))
      value = with_environment(std::move(value), json::parse(kind.schema), where);
    return value;
  } catch (const Error& error) {
    const bool says_how = error.hint() != error.row().hint;
    throw Error(kind.invalid, error.message(), error.context(), says_how ? error.hint() : "");
  }
}

/// Whether a document of this kind is corrected where it is wrong. What MF recorded is not: it is restored, as its code
/// says.
bool is_corrected(const DocumentKind& kind) {
  constexpr Code kCodes[] = {Code::REQUEST_INVALID,          Code::MANIFEST_INVALID,
                             Code::MATERIALIZATION_INVALID,  Code::PROFILE_INVALID,
                             Code::TRAINING_PROFILE_INVALID, Code::GOVERNANCE_PROFILE_INVALID,
                             Code::DOCUMENT_INVALID,         Code::OWNERSHIP_BOUNDARY_VIOLATION};
  return std::find(std::begin(kCodes), std::end(kCodes), kind.invalid) != std::end(kCodes);
}

std::string fix_of(const DocumentKind& kind, const Violation& violation) {
  if (!violation.fix.empty() || !is_corrected(kind)) return violation.fix;
  return "Correct the named field; docs/formats/" + std::string(kind.name) + ".md lists them all.";
}

/// A document that names a version that its struct does not have. One that has a single version leaves that to its
/// schema.
std::optional<Violation> unknown_version(std::string_view struct_name, const json& value) {
  json versions = json::array();
  for (const auto& row : rows())
    if (row.struct_name == struct_name) versions.push_back(row.kind.schema_version);
  if (versions.size() < 2) return {};
  const json schema = {{"properties", {{"schema_version", {{"type", "string"}, {"enum", versions}}}}}};
  return explain(schema, schema, value, "");
}

void require_none(const std::optional<Violation>& violation, const DocumentKind& kind, const std::string& where) {
  if (!violation) return;
  throw Error(kind.invalid, in_words(*violation, where),
              {{"document", where},
               {"pointer", violation->pointer},
               {"found", violation->found},
               {"expected", violation->expected},
               {"schema", std::string(kind.schema_version)}},
              fix_of(kind, *violation));
}

void require_valid(const DocumentKind& kind, const json& value, const std::string& where) {
  require_none(schema_of(kind).check(value), kind, where);
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
  return parse_kind(kind_of(struct_name, nullptr), bytes, where, yaml);
}

void require_valid(std::string_view struct_name, const json& value, const std::string& where) {
  const DocumentKind& kind = kind_of(struct_name, value);
  require_none(unknown_version(struct_name, value), kind, where);
  require_valid(kind, value, where);
}

json content_of_kind(const DocumentKind& kind, std::string_view bytes, const std::string& where, bool yaml) {
  const json value = parse_kind(kind, bytes, where, yaml);
  require_valid(kind, value, where);
  return schema_of(kind).without_circumstance(value);
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
