#include "store/s3_credentials.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "support/failures.hpp"
#include "support/temporary_folder.hpp"

namespace mf::store {
namespace {

using Variables = std::map<std::string, std::string>;

Environment of(const Variables& variables) {
  return [variables](const std::string& name) {
    const auto place = variables.find(name);
    return place == variables.end() ? std::nullopt : std::optional(place->second);
  };
}

/// The key id and what else was found, in one line.
std::string found(const Variables& variables) {
  const S3Credentials credentials = find_credentials(of(variables));
  return credentials.access_key_id + " " + credentials.secret_access_key + " " + credentials.session_token;
}

class SharedCredentials : public ::testing::Test {
 protected:
  SharedCredentials() {
    folder_.write(
        "credentials",
        "# aws_access_key_id = commented\n[default]\r\naws_access_key_id=ID1\naws_secret_access_key = S=1/+ \n"
        "[ other ]\naws_access_key_id = ID2\n#aws_session_token = no\naws_secret_access_key = S2\naws_session_token = "
        "T2\n"
        "[half]\naws_access_key_id = ID3\n");
  }

  Variables with(Variables more = {}) {
    more["AWS_SHARED_CREDENTIALS_FILE"] = folder_.path("credentials");
    return more;
  }

  testing::TemporaryFolder folder_;
};

TEST(S3Credentials, ComeFromTheEnvironment) {
  EXPECT_EQ(found({{"AWS_ACCESS_KEY_ID", "ID"}, {"AWS_SECRET_ACCESS_KEY", "S"}}), "ID S ");
  EXPECT_EQ(found({{"AWS_ACCESS_KEY_ID", "ID"}, {"AWS_SECRET_ACCESS_KEY", "S"}, {"AWS_SESSION_TOKEN", "T"}}), "ID S T");
}

TEST(S3Credentials, AreNotPiecedTogether) {
  EXPECT_CODE(find_credentials(of({{"AWS_ACCESS_KEY_ID", "ID"}})), Code::STORE_NOT_PERMITTED);
  EXPECT_CODE(find_credentials(of({{"AWS_SECRET_ACCESS_KEY", "S"}})), Code::STORE_NOT_PERMITTED);
}

TEST(S3Credentials, AreMissedWhereThereAreNone) {
  EXPECT_CODE(find_credentials(of({})), Code::STORE_NOT_PERMITTED);
  EXPECT_CODE(find_credentials(of({{"HOME", "/nowhere"}})), Code::STORE_NOT_PERMITTED);
}

TEST(S3Credentials, TakeAnEmptyVariableAsNotSet) {
  setenv("MF_TEST_EMPTY", "", 1);
  EXPECT_EQ(process_environment("MF_TEST_EMPTY"), std::nullopt);
  EXPECT_EQ(process_environment("MF_TEST_NOT_SET"), std::nullopt);
}

TEST_F(SharedCredentials, AreThoseOfTheDefaultProfile) { EXPECT_EQ(found(with()), "ID1 S=1/+ "); }

TEST_F(SharedCredentials, AreThoseOfTheNamedProfile) {
  EXPECT_EQ(found(with({{"AWS_PROFILE", "other"}})), "ID2 S2 T2");
}

TEST_F(SharedCredentials, AreFoundBelowHome) {
  folder_.write(".aws/credentials", folder_.read("credentials"));
  EXPECT_EQ(found({{"HOME", folder_.path()}}), "ID1 S=1/+ ");
}

TEST_F(SharedCredentials, StandBackBehindTheEnvironment) {
  EXPECT_EQ(found(with({{"AWS_ACCESS_KEY_ID", "ID"}, {"AWS_SECRET_ACCESS_KEY", "S"}})), "ID S ");
}

TEST_F(SharedCredentials, MustBeWhole) {
  EXPECT_CODE(find_credentials(of(with({{"AWS_PROFILE", "half"}}))), Code::STORE_NOT_PERMITTED);
  EXPECT_CODE(find_credentials(of(with({{"AWS_PROFILE", "absent"}}))), Code::STORE_NOT_PERMITTED);
}

TEST_F(SharedCredentials, AreNotToldInMessages) {
  folder_.write("credentials", "[default]\naws_secret_access_key = hunter2\n");
  try {
    find_credentials(of(with()));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ((error.message() + error.hint()).find("hunter2"), std::string::npos);
    EXPECT_NE(error.message().find(folder_.path("credentials")), std::string::npos);
  }
}

}  // namespace
}  // namespace mf::store
