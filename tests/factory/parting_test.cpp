#include "factory/parting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mf::factory {
namespace {

using ::testing::HasSubstr;

constexpr const char* kHeader = "subject_key,part,label,score,event_time_utc\n";
constexpr const char* kTime = ",2026-01-01T00:00:00Z\n";

std::string scored(const std::vector<std::string>& rows) {
  std::string text = kHeader;
  for (const auto& row : rows) text += row + kTime;
  return text;
}

/// A run as it was recorded, and as it was rebuilt, of artifacts put here.
class PartingTest : public ::testing::Test {
 protected:
  struct Run {
    std::unique_ptr<store::ArtifactStore> store = store::open_memory();
    ledger::RunState state{};
    std::vector<Content> contents{};

    void put(const RecordKind& kind, const std::string& bytes, const std::string& text = "") {
      const ledger::Recorded record{std::string("run/") + kind.name, identity::sha256_hex(bytes)};
      store->put_if_absent(record.ref, bytes);
      state.recorded[kind.name] = record;
      contents.push_back({&kind, record, text, identity::sha256_hex(text.empty() ? bytes : text)});
    }
  };

  void put_both(const RecordKind& kind, const std::string& was, const std::string& is) {
    recorded_.put(kind, was);
    rebuilt_.put(kind, is);
  }

  void put_documents(const RecordKind& kind, const std::string& was, const std::string& is) {
    recorded_.put(kind, was, was);
    rebuilt_.put(kind, is, is);
  }

  [[nodiscard]] std::vector<Parting> found() const {
    return partings({*recorded_.store, recorded_.state}, recorded_.contents, {*rebuilt_.store, rebuilt_.state},
                    rebuilt_.contents, "tr_1");
  }

  Run recorded_;
  Run rebuilt_;
};

TEST_F(PartingTest, IsNoneWhereDigestsAreTheSame) {
  put_both(kModel, "bytes", "bytes");
  put_documents(kEvalReport, R"({"a":1})", R"({"a":1})");
  EXPECT_TRUE(found().empty());
}

TEST_F(PartingTest, OfDocumentsIsTheirFirstField) {
  put_documents(kEvalReport, R"({"a":1,"b":{"c":[1,2]},"d":1})", R"({"a":1,"b":{"c":[1,3]},"d":2})");
  ASSERT_EQ(found().size(), 1U);
  EXPECT_EQ(found()[0].what, "/b/c/1 is 2 as recorded and 3 as rebuilt");
}

TEST_F(PartingTest, TellsAFieldThatIsNotThere) {
  put_documents(kEvalReport, R"({"a":1,"b":2})", R"({"a":1})");
  put_documents(kEvidencePack, R"({"a":1})", R"({"a":1,"b":2})");
  EXPECT_EQ(found()[0].what, "/b is 2 as recorded and absent as rebuilt");
  EXPECT_EQ(found()[1].what, "/b is absent as recorded and 2 as rebuilt");
}

TEST_F(PartingTest, CutsLongValues) {
  put_documents(kEvalReport, R"({"a":")" + std::string(5000, 'x') + R"("})", R"({"a":1})");
  EXPECT_LT(found()[0].what.size(), 200U);
}

TEST_F(PartingTest, OfModelsThatAreNoneIsToldAllTheSame) {
  put_both(kModel, "bytes", "others");
  EXPECT_THAT(found()[0].what, HasSubstr("cannot be compared tree by tree"));
  EXPECT_FALSE(found()[0].tree);
}

TEST_F(PartingTest, OfAModelThatIsGoneIsToldAllTheSame) {
  put_both(kModel, "bytes", "others");
  recorded_.store = store::open_memory();
  EXPECT_THAT(found()[0].what, HasSubstr("is not there"));
}

TEST_F(PartingTest, TellsTheSameRowsInAnotherOrder) {
  put_both(kScoredRows, scored({"a,train,0,0.5", "b,train,1,0.5"}), scored({"b,train,1,0.5", "a,train,0,0.5"}));
  EXPECT_TRUE(found()[0].of_rows);
  EXPECT_EQ(found()[0].what, "the same rows in another order: row 1 of part train is a as recorded and b as rebuilt");
}

TEST_F(PartingTest, TellsOtherRows) {
  put_both(kScoredRows, scored({"a,train,0,0.5", "b,test,1,0.5"}), scored({"a,train,0,0.5"}));
  EXPECT_TRUE(found()[0].of_rows);
  EXPECT_EQ(found()[0].what, "other rows: row 1 of part test is b as recorded and absent as rebuilt");
}

TEST_F(PartingTest, TellsTheFirstScoreOfTheSameRows) {
  put_both(kScoredRows, scored({"a,train,0,0.5", "b,test,1,0.25"}), scored({"a,train,0,0.5", "b,test,1,0.125"}));
  EXPECT_FALSE(found()[0].of_rows);
  EXPECT_EQ(found()[0].what, "the score of b is 0.25 as recorded and 0.125 as rebuilt");
}

TEST_F(PartingTest, IsABundleThatWasNotRebuilt) {
  recorded_.put(kBundleManifest, "{}", "{}");
  ASSERT_EQ(found().size(), 1U);
  EXPECT_FALSE(found()[0].rebuilt);
  EXPECT_THAT(found()[0].what, HasSubstr("did not pass its gate"));
}

TEST_F(PartingTest, KeepsTheOrderOfTheCorridor) {
  put_both(kModel, "a", "b");
  put_documents(kTrainArtifact, "{}", "[]");
  put_documents(kGateReceipt, "1", "2");
  std::vector<std::string> names;
  for (const auto& parting : found()) names.emplace_back(parting.recorded.kind->name);
  EXPECT_THAT(names, ::testing::ElementsAre("model", "train_artifact", "gate_receipt"));
}

}  // namespace
}  // namespace mf::factory
