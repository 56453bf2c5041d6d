#include "mf/contracts/document.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "contracts/any_document.hpp"
#include "contracts/schema_samples.hpp"
#include "mf/identity/canonical_json.hpp"
#include "support/failures.hpp"

namespace mf::contracts {
namespace {

using mf::testing::all_documents;
using mf::testing::AnyDocument;
using mf::testing::places_of;
using mf::testing::sample;
using nlohmann::json;

const DocumentKind& kind_named(std::string_view name) {
  for (const auto& kind : document_kinds())
    if (kind.name == name) return kind;
  throw std::out_of_range(std::string(name));
}

json schema_of(const AnyDocument& document) { return json::parse(kind_named(document.kind).schema); }

std::set<std::string> properties_of(const json& schema) {
  std::set<std::string> names;
  for (const auto& [name, member] : schema.at("properties").items()) names.insert(name);
  return names;
}

/// The circumstance of each kind, written out: what a content digest must not see.
const std::map<std::string_view, std::vector<std::string>>& circumstance() {
  static const std::map<std::string_view, std::vector<std::string>> kCircumstance = {
      {"resolved_train_plan.v0", {"/request_id", "/run_config_digest"}},
      {"execution_record.v0",
       {"/request_id", "/execution_started_at_utc", "/execution_completed_at_utc", "/circumstance"}},
      {"train_eval_receipt.v0",
       {"/request_id", "/execution_started_at_utc", "/execution_completed_at_utc", "/run_config_digest"}},
      {"eval_report.v0", {"/provenance/run_config_digest"}},
      {"bundle_publication.v0", {"/provenance/run_config_digest"}},
      {"gate_receipt.v0", {"/request_id", "/evaluated_at_utc", "/run_config_digest"}},
      {"publish_eligibility.v0", {"/request_id", "/evaluated_at_utc", "/run_config_digest"}},
      {"bundle_submission.v1",
       {"/request_id", "/requester_principal", "/request_ids", "/submitter", "/submitted_at_utc", "/environment",
        "/service_release_id", "/run_config_digest"}},
      {"registry_lifecycle.v0", {"/actor", "/ts_utc"}},
      {"publish_handshake_receipt.v0",
       {"/request_id", "/published_at_utc", "/publication_status", "/run_config_digest"}},
      {"publish_failure_receipt.v1", {"/failed_at_utc", "/message", "/run_config_digest"}},
      {"ledger_event.v1", {"/at_utc"}},
      {"request_rejection.v1",
       {"/message", "/command", "/rejected_at_utc", "/service_release_id", "/run_config_digest", "/actor"}},
      {"continuity_proof.v1", {"/proved_at_utc", "/service_release_id"}},
      {"negative_proof.v1", {"/proved_at_utc", "/service_release_id"}},
      {"job_request.v0", {"/submitted_at_utc", "/execution_started_at_utc", "/published_at_utc"}},
      {"job_invocation_receipt.v0", {"/started_at_utc", "/completed_at_utc", "/worker", "/error/message"}},
  };
  return kCircumstance;
}

TEST(DocumentKinds, AreThoseOfTheList) {
  constexpr std::size_t kOnlyWritten = 4;  // command_result, governance_fact, control_fact, signals
  ASSERT_EQ(document_kinds().size(), all_documents().size() + kOnlyWritten);
  for (std::size_t i = 0; i < all_documents().size(); ++i) EXPECT_EQ(document_kinds()[i].name, all_documents()[i].kind);
}

TEST(DocumentKinds, NameTheirVersionAsTheirSchemaDoes) {
  std::set<std::string_view> versions;
  for (const auto& kind : document_kinds()) {
    const json schema = json::parse(kind.schema);
    EXPECT_EQ(schema.at("properties").at("schema_version").at("const"), kind.schema_version);
    EXPECT_TRUE(kind.schema_version.ends_with(kind.name.substr(kind.name.rfind('.')))) << kind.name;
    EXPECT_TRUE(versions.insert(kind.schema_version).second) << kind.schema_version;
  }
}

TEST(DocumentKinds, CarryTheSchemaFilesByteForByte) {
  for (const auto& kind : document_kinds()) {
    std::ifstream file(std::string(MF_SOURCE_DIR) + "/schemas/" + std::string(kind.name) + ".schema.json");
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_EQ(kind.schema, text.str()) << kind.name;
  }
}

TEST(FieldNames, AreThePropertiesOfTheSchema) {
  // A struct with several versions has the fields of all of them.
  std::map<std::string_view, std::set<std::string>> properties;
  for (const auto& document : all_documents())
    properties[document.struct_name].merge(properties_of(schema_of(document)));
  for (const auto& document : all_documents()) {
    const std::set<std::string> fields(document.fields.begin(), document.fields.end());
    EXPECT_EQ(fields.size(), document.fields.size()) << document.kind << " lists a field twice";
    EXPECT_EQ(fields, properties.at(document.struct_name)) << document.kind;
  }
}

TEST(Document, IsWrittenAsItWasRead) {
  for (const auto& document : all_documents()) {
    SCOPED_TRACE(document.kind);
    const std::string bytes = identity::canonical_json(sample(schema_of(document))) + "\n";
    EXPECT_EQ(document.rewritten(bytes), bytes);
    EXPECT_EQ(document.rewritten_from_yaml(bytes), bytes);
  }
}

TEST(Document, SettlesAfterOneWritingWhenOptionalFieldsAreAbsent) {
  for (const auto& document : all_documents()) {
    SCOPED_TRACE(document.kind);
    if (circumstance().contains(document.kind)) continue;  // written whole, or read only as it stands in a bundle
    const std::string once = document.rewritten(sample(schema_of(document), 0, false).dump());
    EXPECT_EQ(document.rewritten(once), once);
  }
}

TEST(Document, IsRefusedUnderTheCodeOfItsKind) {
  for (const auto& document : all_documents()) {
    SCOPED_TRACE(document.kind);
    const Code invalid = kind_named(document.kind).invalid;
    json unknown = sample(schema_of(document));
    unknown["no_such_field"] = 1;
    EXPECT_CODE(document.rewritten(unknown.dump()), invalid);
    EXPECT_CODE(document.rewritten("{"), invalid);
    EXPECT_CODE(document.rewritten("[]"), invalid);
    EXPECT_CODE(document.rewritten_from_yaml("a: &x 1"), invalid);
    json other = sample(schema_of(document));
    other["schema_version"] = "mf.other.v1";
    EXPECT_CODE(document.rewritten(other.dump()), invalid);
  }
}

Error refusal_of(const AnyDocument& document, const std::string& bytes) {
  try {
    document.rewritten(bytes);
  } catch (const Error& error) {
    return error;
  }
  return Error(Code::INTERNAL, "accepted");
}

const AnyDocument& document_called(std::string_view kind) {
  const auto& all = all_documents();
  return *std::find_if(all.begin(), all.end(), [&](const AnyDocument& document) { return document.kind == kind; });
}

TEST(Document, ThatNamesAVersionOfNobodyIsToldTheVersions) {
  json manifest = sample(schema_of(document_called("dataset_manifest.v0")));
  manifest["schema_version"] = "learning.dataset_manifest.v2";
  const Error refusal = refusal_of(document_called("dataset_manifest.v0"), manifest.dump());
  EXPECT_EQ(refusal.context().at("pointer"), "/schema_version");
  EXPECT_NE(refusal.message().find("learning.dataset_manifest.v0 or learning.dataset_manifest.v1"), std::string::npos);
}

TEST(Document, ThatPeopleWriteIsCorrectedByItsOwnPage) {
  json manifest = sample(schema_of(document_called("dataset_manifest.v0")));
  manifest["replay_basis"] = 7;
  EXPECT_EQ(refusal_of(document_called("dataset_manifest.v0"), manifest.dump()).hint(),
            "Correct the named field; docs/formats/dataset_manifest.v0.md lists them all.");
}

TEST(Document, ThatMfRecordedIsRestored) {
  json alias = sample(schema_of(document_called("request_alias.v1")));
  alias["run_key"] = 7;
  for (const auto& bytes : {alias.dump(), std::string("{")})
    EXPECT_EQ(refusal_of(document_called("request_alias.v1"), bytes).hint(), row_of(Code::LEDGER_INVALID).hint);
}

TEST(Document, ThatBreaksItsOwnSchemaIsNeverWritten) {
  RequestAlias alias;
  alias.request_id = "short";
  EXPECT_CODE(write(alias), Code::INTERNAL);
}

bool is_circumstance(const AnyDocument& document, const std::string& pointer) {
  const auto row = circumstance().find(document.kind);
  if (row == circumstance().end()) return false;
  return std::any_of(row->second.begin(), row->second.end(),
                     [&](const std::string& one) { return pointer == one || pointer.starts_with(one + "/"); });
}

TEST(ContentDigest, IgnoresCircumstanceAndNothingElse) {
  for (const auto& document : all_documents()) {
    const json schema = schema_of(document);
    const json whole = sample(schema);
    const std::string digest = document.content_digest(whole.dump());
    std::size_t changes = 0;
    for (const auto& place : places_of(schema, whole)) {
      json changed = whole;
      changed[place.pointer] = sample(place.schema, 1);
      if (place.pointer.empty() || changed == whole) continue;
      ++changes;
      EXPECT_EQ(document.content_digest(changed.dump()) == digest, is_circumstance(document, place.pointer.to_string()))
          << document.kind << place.pointer;
    }
    EXPECT_GT(changes, 2U) << document.kind;
  }
}

TEST(WriteContent, LeavesCircumstanceOut) {
  // The gate receipt is the only document that stands in a bundle without it.
  for (const auto& document : all_documents()) {
    if (document.kind != "gate_receipt.v0") continue;
    json expected = sample(schema_of(document));
    for (const auto& pointer : circumstance().at(document.kind)) expected.erase(pointer.substr(1));
    EXPECT_EQ(document.content(sample(schema_of(document)).dump()), identity::canonical_json(expected) + "\n");
  }
}

TEST(CanonicalForm, DoesNotDependOnTheSpelling) {
  const std::string canonical = R"({"a":[1,"x"],"b":{"c":null}})";
  EXPECT_EQ(canonical_form_of_json("{ \"b\": {\"c\": null},\n\"a\": [1, \"\\u0078\"] }", "d.json"), canonical);
  EXPECT_EQ(canonical_form_of_yaml("b: {c: ~}\na:\n  - 1\n  - x\n", "d.yaml"), canonical);
  EXPECT_CODE(canonical_form_of_json("{\"a\":1,\"a\":2}", "d.json"), Code::DOCUMENT_INVALID);
  EXPECT_CODE(canonical_form_of_yaml("a: yes", "d.yaml"), Code::DOCUMENT_INVALID);
}

}  // namespace
}  // namespace mf::contracts
