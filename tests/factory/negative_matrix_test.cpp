#include "factory/negative_matrix.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "support/fixed_clock.hpp"
#include "support/temporary_folder.hpp"

namespace mf::factory {
namespace {

std::set<std::string> codes_of_cases() {
  std::set<std::string> codes;
  for (const auto& tried : negative_matrix())
    if (find_code(tried.expected) != nullptr) codes.insert(tried.expected);
  return codes;
}

std::set<std::string> codes_left_out() {
  std::set<std::string> codes;
  for (const auto& row : unprovoked_codes()) codes.insert(std::string(row_of(row.code).name));
  return codes;
}

TEST(NegativeMatrix, HasEveryCodeOfTheTableInExactlyOneOfItsTables) {
  const auto tried = codes_of_cases();
  const auto left_out = codes_left_out();
  for (const auto& row : code_table()) {
    const std::string name(row.name);
    EXPECT_NE(tried.contains(name), left_out.contains(name)) << name;
  }
  EXPECT_EQ(tried.size() + left_out.size(), code_table().size());
}

TEST(NegativeMatrix, SaysOfEachCodeOnceWhyItIsLeftOut) {
  EXPECT_EQ(codes_left_out().size(), unprovoked_codes().size());
  for (const auto& row : unprovoked_codes()) EXPECT_TRUE(std::string_view(row.reason).ends_with('.')) << row.reason;
}

TEST(NegativeMatrix, NamesEachCaseOnce) {
  std::set<std::string> names;
  for (const auto& tried : negative_matrix()) EXPECT_TRUE(names.insert(tried.name).second) << tried.name;
}

/// Cases of a test, tried as those of the matrix are.
class TriedCases : public ::testing::Test {
 protected:
  contracts::NegativeProof tried(const NegativeCase& one) {
    const std::vector<NegativeCase> cases{one};
    return try_cases(cases, folder_.path(), clock_);
  }

  mf::testing::TemporaryFolder folder_;
  mf::testing::FixedClock clock_;
};

Result without_manifest(const NegativePlace& place) {
  place.ask("dataset_manifest_refs", "none");
  return validate_request(place.read("request.json"), "request.json");
}

TEST_F(TriedCases, AreProvenWhenTheyEndAsExpected) {
  const auto proof = tried(refused("no list", "request", Code::MANIFEST_REF_MISSING, Come::laid_out, without_manifest));
  EXPECT_EQ(proof.status, "PASS");
  EXPECT_EQ(proof.counts.cases_as_expected, 1);
  EXPECT_EQ(proof.counts.codes_provoked, 1);
}

TEST_F(TriedCases, AreNotProvenWhenAnotherCodeWasExpected) {
  const auto proof = tried(refused("no list", "request", Code::REF_INVALID, Come::laid_out, without_manifest));
  EXPECT_EQ(proof.status, "FAIL");
  EXPECT_EQ(proof.cases.front().status, "FAIL");
  EXPECT_EQ(proof.cases.front().observed, "MANIFEST_REF_MISSING");
}

TEST_F(TriedCases, AreNotProvenWhenNothingIsRefused) {
  const auto let_through = [](const NegativePlace& place) {
    return validate_request(place.read("request.json"), "request.json");
  };
  const auto proof = tried(refused("a sound request", "request", Code::REQUEST_INVALID, Come::laid_out, let_through));
  EXPECT_EQ(proof.status, "FAIL");
  EXPECT_EQ(proof.cases.front().observed, "ACCEPTED");
}

TEST_F(TriedCases, LeaveNoCopyBehind) {
  tried(refused("no list", "request", Code::MANIFEST_REF_MISSING, Come::laid_out, without_manifest));
  EXPECT_FALSE(std::filesystem::exists(folder_.path("case-0")));
}

}  // namespace
}  // namespace mf::factory
