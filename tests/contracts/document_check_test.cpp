#include "mf/contracts/document_check.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "support/failures.hpp"

namespace mf::contracts {
namespace {

std::string example(const std::string& stem, const std::string& name) {
  std::ifstream file(std::string(MF_SOURCE_DIR) + "/schemas/examples/" + stem + "/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

CheckedDocument checked(const std::string& stem, const std::string& name) {
  return check_document(document_kind(stem), example(stem, name), name);
}

TEST(DocumentKindByName, IsFoundByStemAndByVersion) {
  EXPECT_EQ(document_kind("dataset_manifest.v1").schema_version, "learning.dataset_manifest.v1");
  EXPECT_EQ(document_kind("learning.dataset_manifest.v1").name, "dataset_manifest.v1");
  EXPECT_EQ(document_kind("mf.command_result.v1").name, "command_result.v1");
}

TEST(DocumentKindByName, SuggestsTheNearestName) {
  try {
    document_kind("dataset_manifets.v1");
    FAIL() << "a kind that does not exist was found";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::USAGE);
    EXPECT_EQ(error.hint(), "Did you mean `dataset_manifest.v1`?");
  }
}

TEST(CheckedDocument, OfARequestHasItsIdentity) {
  const auto request = checked("train_build_request.v0", "valid-demo.json");
  ASSERT_TRUE(request.identity);
  EXPECT_EQ(request.identity->run_id, "tr_c3838460c5ba10de800be582b7285ad2");
  EXPECT_FALSE(checked("dataset_manifest.v1", "valid-demo.json").identity);
}

TEST(CheckedDocument, IsOfExactlyTheVersionThatWasNamed) {
  const std::string v0 = example("dataset_manifest.v0", "valid-replayed.json");
  EXPECT_NO_THROW(check_document(document_kind("dataset_manifest.v0"), v0, "m.json"));
  EXPECT_CODE(check_document(document_kind("dataset_manifest.v1"), v0, "m.json"), Code::MANIFEST_INVALID);
}

TEST(CheckedDocument, HasOneDigestInJsonAndInYaml) {
  const auto json = checked("ownership_boundaries.v1", "valid-demo.json");
  EXPECT_EQ(checked("ownership_boundaries.v1", "valid-demo.yaml").content_digest, json.content_digest);
}

TEST(CheckedDocument, IsYamlOnlyWhereTheCorridorReadsYaml) {
  const std::string yaml = "schema_version: learning.dataset_manifest.v0\n";
  EXPECT_CODE(check_document(document_kind("dataset_manifest.v0"), yaml, "manifest.yaml"), Code::MANIFEST_INVALID);
}

TEST(CheckedDocument, ThatIsOnlyWrittenIsHeldAgainstItsSchema) {
  EXPECT_NO_THROW(checked("command_result.v1", "valid-failure.json"));
  EXPECT_CODE(check_document(document_kind("command_result.v1"), "{}", "result.json"), Code::DOCUMENT_INVALID);
}

}  // namespace
}  // namespace mf::contracts
