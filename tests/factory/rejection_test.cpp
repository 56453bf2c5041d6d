#include "mf/factory/rejection.hpp"
#include "factory/workshop_in_memory.hpp"

#include <gtest/gtest.h>

#include "mf/contracts/document.hpp"
#include "mf/identity/digest.hpp"
#include "support/failing_store.hpp"
#include "support/failures.hpp"
#include "support/fixed_clock.hpp"
#include "support/requests.hpp"

namespace mf::factory {
namespace {

using contracts::RequestRejection;
using testing::a_request_document;

const Error kRefusal(Code::MANIFEST_REF_MISSING, "request.json: /dataset_manifest_refs is missing",
                     {{"document", "request.json"}, {"pointer", "/dataset_manifest_refs"}});

std::string bytes_of_a_refused_request() {
  auto document = a_request_document();
  document.erase("dataset_manifest_refs");
  return document.dump();
}

class RejectionTest : public ::testing::Test {
 protected:
  RejectionTest() {
    workshop_.profile.service_release_id = "mf:test";
    workshop_.profile.actor = {"HUMAN::operator", "HUMAN"};
    workshop_.run_config_digest = std::string(64, 'c');
  }

  [[nodiscard]] RequestRejection kept(const std::string& key) const {
    return contracts::read_json<RequestRejection>(workshop_.artifacts->find(key).value_or(""), key);
  }

  static RequestRejection rejection(const Error& refusal = kRefusal) {
    return rejection_of(bytes_of_a_refused_request(), "run", refusal).value();
  }

  testing::FixedClock clock_;
  std::unique_ptr<observability::Journal> journal_ = observability::open_silence();
  Workshop workshop_ = testing::workshop_in_memory(clock_, *journal_);
};

TEST_F(RejectionTest, IsKeptUnderTheRequestIdAndTheDigestOfTheBytes) {
  const std::string sha256 = identity::sha256_hex(bytes_of_a_refused_request());
  const std::string key = keep_rejection(workshop_, rejection());
  EXPECT_EQ(key, "mf/rejections/req-golden-01/" + sha256.substr(0, 32) + ".json");
  EXPECT_EQ(kept(key).request_sha256, sha256);
}

TEST_F(RejectionTest, SaysWhoAskedWhyItWasRefusedAndByWhom) {
  const auto record = kept(keep_rejection(workshop_, rejection()));
  EXPECT_EQ(record.requester_principal, "SYSTEM::run_operate");
  EXPECT_EQ(record.code, "MANIFEST_REF_MISSING");
  EXPECT_EQ(record.category, "INPUT_ADMISSION");
  EXPECT_EQ(record.klass, "HARD");
  EXPECT_EQ(record.message, kRefusal.message());
  EXPECT_EQ(record.context, (Error::Context{{"pointer", "/dataset_manifest_refs"}}));
  EXPECT_EQ(record.command, "run");
  EXPECT_EQ(record.rejected_at_utc, to_string(clock_.now()));
  EXPECT_EQ(record.service_release_id, "mf:test");
  EXPECT_EQ(record.actor.actor_id, "HUMAN::operator");
  EXPECT_EQ(record.run_key, std::nullopt);
}

TEST_F(RejectionTest, NamesBothRunsOfARequestIdThatIsTaken) {
  const std::string standing = "tr_" + std::string(32, 'a');
  const std::string asked = "tr_" + std::string(32, 'b');
  const auto record =
      rejection(Error(Code::REQUEST_ID_PAYLOAD_MISMATCH, "taken", {{"run", standing}, {"requested_run", asked}}));
  EXPECT_EQ(record.run_key, asked);
  EXPECT_EQ(record.conflicting_run_key, standing);
}

TEST_F(RejectionTest, StandsAsItWasKeptFirst) {
  const std::string key = keep_rejection(workshop_, rejection());
  const auto first = workshop_.artifacts->find(key);
  clock_.advance_seconds(1);
  EXPECT_EQ(keep_rejection(workshop_, rejection()), key);
  EXPECT_EQ(workshop_.artifacts->find(key), first);
}

TEST_F(RejectionTest, IsWholeAlsoWhereTheMessageQuotesHalfACharacter) {
  const Error refusal(Code::REQUEST_INVALID, std::string(9000, 'x'), {{"pointer", "/key\xc3"}});
  const auto record = kept(keep_rejection(workshop_, rejection(refusal)));
  EXPECT_EQ(record.context.at("pointer"), "/key\\xc3");
  EXPECT_LT(record.message.size(), 1100U);
}

TEST_F(RejectionTest, IsOnlyOfWhatRefusesTheRequestItself) {
  for (const Code code :
       {Code::STORE_UNAVAILABLE, Code::STORE_FULL, Code::LEDGER_INVALID, Code::INTERNAL, Code::FILE_NOT_FOUND})
    EXPECT_FALSE(rejection_of(bytes_of_a_refused_request(), "run", Error(code, "no"))) << row_of(code).name;
}

TEST_F(RejectionTest, IsOnlyOfARequestWhoseIdCanBeRead) {
  EXPECT_FALSE(rejection_of("no JSON", "run", kRefusal));
  EXPECT_FALSE(rejection_of(R"({"request_id": "../../../x"})", "run", kRefusal));
}

TEST_F(RejectionTest, IsNotKeptWhereTheStoreFails) {
  const auto behind = store::open_memory();
  workshop_.artifacts = std::make_unique<testing::FailingStore>(*behind, 0, Code::STORE_FULL);
  EXPECT_CODE(keep_rejection(workshop_, rejection()), Code::STORE_FULL);
}

}  // namespace
}  // namespace mf::factory
