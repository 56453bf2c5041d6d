#include "contracts/environment_values.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "support/failures.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

class EnvironmentValues : public ::testing::Test {
 protected:
  void SetUp() override {
    setenv("MF_TEST_BUCKET", "cards", 1);
    setenv("MF_TEST_THREADS", "4", 1);
    setenv("MF_TEST_EMPTY", "", 1);
    unsetenv("MF_TEST_NOBODY");
  }

  static json filled(const json& value) {
    static const json kSchema = json::parse(R"({"properties": {
      "threads": {"type": "integer"}, "path_style": {"type": "boolean"}, "root": {"type": "string"},
      "place": {"properties": {"attempts": {"type": "integer"}}}, "actors": {"items": {"type": "string"}}}})");
    return with_environment(value, kSchema, "mf.yaml");
  }
};

TEST_F(EnvironmentValues, AreReplacedWithinTexts) {
  EXPECT_EQ(filled({{"root", "s3://${MF_TEST_BUCKET}/mf-${MF_TEST_THREADS}"}}), json({{"root", "s3://cards/mf-4"}}));
  EXPECT_EQ(filled({{"actors", {"${MF_TEST_BUCKET}"}}}), json({{"actors", {"cards"}}}));
  EXPECT_EQ(filled({{"root", "$MF_TEST_BUCKET costs 5$"}}), json({{"root", "$MF_TEST_BUCKET costs 5$"}}));
}

TEST_F(EnvironmentValues, HaveADefaultForWhatIsNotSetOrEmpty) {
  EXPECT_EQ(filled({{"root", "${MF_TEST_NOBODY:-there}"}}), json({{"root", "there"}}));
  EXPECT_EQ(filled({{"root", "${MF_TEST_EMPTY:-there}"}}), json({{"root", "there"}}));
  EXPECT_EQ(filled({{"root", "${MF_TEST_BUCKET:-there}"}}), json({{"root", "cards"}}));
  EXPECT_EQ(filled({{"root", "a${MF_TEST_NOBODY:-}b"}}), json({{"root", "ab"}}));
}

TEST_F(EnvironmentValues, AreOfTheTypeThatTheFieldHas) {
  EXPECT_EQ(filled({{"threads", "${MF_TEST_THREADS}"}}), json({{"threads", 4}}));
  EXPECT_EQ(filled({{"place", {{"attempts", "${MF_TEST_NOBODY:-7}"}}}}), json({{"place", {{"attempts", 7}}}}));
  EXPECT_EQ(filled({{"path_style", "${MF_TEST_NOBODY:-true}"}}), json({{"path_style", true}}));
  EXPECT_EQ(filled({{"root", "${MF_TEST_THREADS}"}}), json({{"root", "4"}})) << "a text stays one";
  EXPECT_EQ(filled({{"threads", "${MF_TEST_BUCKET}"}}), json({{"threads", "cards"}})) << "which the schema refuses";
}

TEST_F(EnvironmentValues, AreAskedForByTextsAlone) {
  EXPECT_TRUE(asks_for_environment({{"place", {{"actors", {"x", "${A}"}}}}}));
  EXPECT_FALSE(asks_for_environment({{"${A}", {{"root", "$A"}}}, {"threads", 4}, {"path_style", true}}));
  EXPECT_FALSE(asks_for_environment(nullptr));
}

TEST_F(EnvironmentValues, AreNotLookedForWithinWhatTheyHold) {
  setenv("MF_TEST_BUCKET", "${MF_TEST_THREADS}", 1);
  EXPECT_EQ(filled({{"root", "${MF_TEST_BUCKET}"}}), json({{"root", "${MF_TEST_THREADS}"}}));
}

TEST_F(EnvironmentValues, ThatAreNotUnderstoodAreRefused) {
  for (const char* text : {"${MF_TEST_NOBODY}", "${MF_TEST_EMPTY}", "${MF_TEST_A:-${MF_TEST_BUCKET}}", "${}", "${1A}",
                           "${MF_TEST_BUCKET:?no}", "${MF_TEST_BUCKET", "${A B}", "${MF_TEST_PASSWORD:-x}"})
    EXPECT_CODE(filled({{"root", text}}), Code::PROFILE_INVALID);
}

TEST_F(EnvironmentValues, NameFieldAndVariableAndNeverTheValue) {
  setenv("MF_TEST_API_KEY", "canary-value", 1);
  try {
    filled({{"place", {{"attempts", "${MF_TEST_API_KEY}"}}}});
    FAIL() << "a secret was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.context().at("pointer"), "/place/attempts");
    EXPECT_NE(error.message().find("MF_TEST_API_KEY"), std::string::npos);
    EXPECT_EQ(error.message().find("canary"), std::string::npos);
  }
}

}  // namespace
}  // namespace mf::contracts
