#include "store/s3_refusal.hpp"

#include <algorithm>
#include <array>

#include "store/s3_answer.hpp"

namespace mf::store {
namespace {

/// What a server may answer, by its own code or by the status. The first row that fits counts.
struct Row {
  int status;             ///< 0: any
  std::string_view code;  ///< empty: any
  Code meaning;
  std::string_view hint;
};

constexpr std::string_view kPermit =
    "Give these credentials s3:GetObject, s3:PutObject and s3:ListBucket on the bucket and prefix.";
constexpr std::string_view kRenew =
    "The credentials are not valid (any more): renew them in the environment or in the shared file.";
constexpr std::string_view kElsewhere =
    "Correct region and endpoint in the platform profile; the bucket is in another place.";
constexpr std::string_view kFree = "Free space or raise the quota, then run the same command again.";

constexpr std::array kRows = {
    Row{0, "NoSuchBucket", Code::STORE_UNAVAILABLE, "Make the bucket, or correct root in the platform profile."},
    Row{0, "RequestTimeTooSkewed", Code::STORE_NOT_PERMITTED, "Set this machine's clock: signatures carry the time."},
    Row{0, "InvalidAccessKeyId", Code::STORE_NOT_PERMITTED, kRenew},
    Row{0, "XAdminUserNotFound", Code::STORE_NOT_PERMITTED, kRenew},
    Row{0, "SignatureDoesNotMatch", Code::STORE_NOT_PERMITTED, kRenew},
    Row{0, "ExpiredToken", Code::STORE_NOT_PERMITTED, kRenew},
    Row{0, "InvalidToken", Code::STORE_NOT_PERMITTED, kRenew},
    Row{0, "AuthorizationHeaderMalformed", Code::PROFILE_INVALID, kElsewhere},
    Row{0, "QuotaExceeded", Code::STORE_FULL, kFree},
    Row{0, "XMinioStorageFull", Code::STORE_FULL, kFree},
    Row{507, "", Code::STORE_FULL, kFree},
    Row{301, "", Code::PROFILE_INVALID, kElsewhere},
    Row{307, "", Code::PROFILE_INVALID, kElsewhere},
    Row{308, "", Code::PROFILE_INVALID, kElsewhere},
    Row{401, "", Code::STORE_NOT_PERMITTED, kPermit},
    Row{403, "", Code::STORE_NOT_PERMITTED, kPermit},
    Row{0, "", Code::STORE_UNAVAILABLE, ""},
};

const Row& row_for(int status, const std::string& code) {
  return *std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) {
    return (row.status == 0 || row.status == status) && (row.code.empty() || row.code == code);
  });
}

std::string said(const HttpReply& reply, const std::string& code) {
  if (reply.status == 0) return reply.reason;
  return "it answered " + std::to_string(reply.status) + (code.empty() ? "" : " " + code);
}

}  // namespace

Error refusal_of(const HttpReply& reply, const std::string& action, const std::string& place) {
  const std::string code = reply.status == 0 ? "" : failure_code(reply.body);
  if (reply.failure == HttpReply::Failure::untrusted)
    return {Code::STORE_UNTRUSTED, action + ": the object store " + place + ": " + reply.reason, {{"store", place}}};
  const Row& row = row_for(reply.status, code);
  return {row.meaning,
          action + ": the object store " + place + ": " + said(reply, code),
          {{"store", place}},
          std::string(row.hint)};
}

}  // namespace mf::store
