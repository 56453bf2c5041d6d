#include "store/s3_http.hpp"

#include <gtest/gtest.h>

namespace mf::store {
namespace {

HttpReply sent_to(const std::string& url) {
  return network({}, [] { return false; })({.method = "GET", .url = url, .headers = {}, .body = {}, .reply_limit = 10});
}

TEST(Network, SaysThatAClosedPortMayOpen) {
  const HttpReply reply = sent_to("http://127.0.0.1:1/a?X-Amz-Signature=hunter2");
  EXPECT_EQ(reply.status, 0);
  EXPECT_EQ(reply.failure, HttpReply::Failure::transient);
  EXPECT_NE(reply.reason, "");
  EXPECT_EQ(reply.reason.find("hunter2"), std::string::npos);
}

TEST(Network, SpeaksNothingButHttp) {
  EXPECT_EQ(sent_to("file:///etc/passwd").failure, HttpReply::Failure::permanent);
  EXPECT_EQ(sent_to("nonsense://x").failure, HttpReply::Failure::permanent);
}

}  // namespace
}  // namespace mf::store
