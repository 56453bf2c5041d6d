#pragma once
// mf.fixture_set.v1: documents of one kind in a folder, and how reading each of them must end.
//
// Room: contracts.  docs/formats/fixture_set.v1.md.

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mf::contracts {

struct FixtureSet {
  struct Expectation {
    std::string outcome;              ///< ACCEPTED or REJECTED
    std::optional<std::string> code;  ///< of a REJECTED one
    std::optional<std::string> pointer;
    std::optional<std::string> content_digest;
    std::optional<std::string> train_run_key, train_run_id, request_payload_hash;  ///< of an ACCEPTED request
  };
  std::string schema_version;
  std::string kind;
  std::map<std::string, Expectation> fixtures;  ///< file name -> what is expected of it
};

/// Reads a set. Beyond its schema: its kind exists, it names at least one document, a REJECTED one has a code that
/// exists and no identity, an ACCEPTED one has neither code nor pointer. Throws DOCUMENT_INVALID.
FixtureSet read_fixture_set(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
