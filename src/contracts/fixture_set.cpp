#include "mf/contracts/fixture_set.hpp"

#include "contracts/document_io.hpp"
#include "contracts/field_fault.hpp"
#include "contracts/schema_explanation.hpp"
#include "mf/contracts/document_check.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, FixtureSet::Expectation& expectation) {
  visit("outcome", expectation.outcome);
  visit("code", expectation.code);
  visit("pointer", expectation.pointer);
  visit("content_digest", expectation.content_digest);
  visit("train_run_key", expectation.train_run_key);
  visit("train_run_id", expectation.train_run_id);
  visit("request_payload_hash", expectation.request_payload_hash);
}

template <class V>
void describe(V& visit, FixtureSet& set) {
  visit("schema_version", set.schema_version);
  visit("kind", set.kind);
  visit("fixtures", set.fixtures);
}

MF_DOCUMENT(FixtureSet)

namespace {

[[noreturn]] void refuse(const std::string& where, const std::string& pointer, const std::string& why) {
  refuse_field(Code::DOCUMENT_INVALID, where, pointer, why);
}

void require_known_kind(const FixtureSet& set, const std::string& where) {
  try {
    document_kind(set.kind);
  } catch (const Error& error) {
    throw Error(Code::DOCUMENT_INVALID, where + ": /kind: " + error.message(),
                {{"document", where}, {"pointer", "/kind"}}, error.hint());
  }
}

void require_sense(const FixtureSet::Expectation& expected, const std::string& where, const std::string& pointer) {
  const bool identity =
      expected.content_digest || expected.train_run_key || expected.train_run_id || expected.request_payload_hash;
  if (expected.outcome == "ACCEPTED") {
    if (expected.code || expected.pointer) refuse(where, pointer, "is ACCEPTED, and names a code or a pointer");
    return;
  }
  if (identity) refuse(where, pointer, "is REJECTED, and names a digest or an identity");
  if (!expected.code) refuse(where, pointer + "/code", "is missing; a REJECTED document has one");
  if (find_code(*expected.code) == nullptr) refuse(where, pointer + "/code", "is not a code of docs/errors.md");
}

}  // namespace

FixtureSet read_fixture_set(std::string_view bytes, const std::string& where) {
  auto set = read_json<FixtureSet>(bytes, where);
  require_known_kind(set, where);
  if (set.fixtures.empty()) refuse(where, "/fixtures", "names no document");
  for (const auto& [name, expected] : set.fixtures) require_sense(expected, where, "/fixtures/" + pointer_token(name));
  return set;
}

}  // namespace mf::contracts
