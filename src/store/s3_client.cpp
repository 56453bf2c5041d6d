#include "store/s3_client.hpp"

#include <algorithm>
#include <random>
#include <thread>

#include "mf/identity/digest.hpp"
#include "mf/time.hpp"
#include "store/s3_address.hpp"
#include "store/s3_integrity.hpp"
#include "store/s3_refusal.hpp"
#include "store/s3_retry.hpp"
#include "store/s3_signature.hpp"

namespace mf::store {
namespace {

constexpr std::size_t kLongestListing = std::size_t{16}
                                        << 20;  // 1000 keys of 1024 bytes, with all that is said of them
constexpr int kNotImplemented = 501;

double chance() {
  thread_local std::minstd_rand random{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

/// Not the object, but the bucket, the user or the server itself is not there: that must never read as an empty store.
bool is_another_absence(const HttpReply& reply) {
  return reply.status == 404 && failure_code(reply.body) != "NoSuchKey";
}

HttpReply spoiled() {
  return {.failure = HttpReply::Failure::transient,
          .reason = "each time other bytes come, and never those that were put"};
}

std::string range_of(const S3Client::Part& part) {
  return "bytes=" + std::to_string(part.first) + "-" + std::to_string(part.first + part.size - 1);
}

}  // namespace

/// A request before it is signed: a signature is only good for some minutes, so each attempt gets its own.
struct S3Client::Asked {
  std::string method;
  std::string key{};
  std::map<std::string, std::string> query{};
  Headers headers{};
  std::string_view body{};
  std::string body_sha256 = identity::sha256_hex("");
  std::size_t reply_limit = 0;
};

Pause pausing(const StopAsked& stop_asked) {
  return [stop_asked](std::chrono::milliseconds time) {
    constexpr std::chrono::milliseconds kGlance{20};
    const auto end = std::chrono::steady_clock::now() + time;
    while (!stop_asked() && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(kGlance, end - std::chrono::steady_clock::now()));
  };
}

S3Client::S3Client(S3Place place, S3Credentials credentials, S3Patience patience, S3World world)
    : place_(std::move(place)), credentials_(std::move(credentials)), patience_(patience), world_(std::move(world)) {}

HttpRequest S3Client::signed_request(const Asked& asked) const {
  const S3Address address = address_of(place_, asked.key);
  SignedFacts facts{asked.method, address.path, asked.query, asked.headers, asked.body_sha256};
  facts.headers["host"] = address.host;
  facts.headers["x-amz-date"] = amz_date(SystemClock().now());
  facts.headers["x-amz-content-sha256"] = asked.body_sha256;
  if (!credentials_.session_token.empty()) facts.headers["x-amz-security-token"] = credentials_.session_token;
  const std::string query = canonical_query(asked.query);
  HttpRequest request{asked.method, address.url + (query.empty() ? "" : "?" + query), facts.headers, asked.body,
                      asked.reply_limit};
  request.headers["authorization"] = authorization(facts, credentials_, {.region = place_.region});
  return request;
}

HttpReply S3Client::attempt(const Asked& asked) const {
  HttpReply reply = world_.transport(signed_request(asked));
  if (asked.method != "GET" || !is_spoiled(reply)) return reply;
  HttpReply second = world_.transport(signed_request(asked));
  return is_spoiled(second) && second.body != reply.body ? spoiled() : second;
}

void S3Client::stop_if_asked(const std::string& action) const {
  if (world_.stop_asked()) throw Error(Code::INTERRUPTED, "told to stop while " + action, {{"store", describe()}});
}

HttpReply S3Client::send(const Asked& asked, const std::string& action) const {
  const bool leaving = world_.stop_asked();
  HttpReply reply = attempt(asked);
  for (int failed = 1; !leaving && is_transient(reply); ++failed) {
    stop_if_asked(action);
    if (failed == patience_.attempts) break;
    world_.pause(pause_after(failed, chance(), patience_));
    stop_if_asked(action);
    reply = attempt(asked);
  }
  return reply;
}

HttpReply S3Client::answer(const Asked& asked, std::initializer_list<int> answers, const std::string& action) const {
  HttpReply reply = send(asked, action);
  const bool known = std::find(answers.begin(), answers.end(), reply.status) != answers.end();
  if (!known || (asked.method == "GET" && is_another_absence(reply))) throw refusal_of(reply, action, describe());
  return reply;
}

HttpReply S3Client::get(const std::string& key, std::size_t limit) const {
  return answer({.method = "GET", .key = key, .reply_limit = limit}, {200, 404}, "reading " + key);
}

HttpReply S3Client::get(const std::string& key, const Part& part) const {
  Asked asked{.method = "GET", .key = key, .headers = {{"range", range_of(part)}}, .reply_limit = part.size};
  if (!part.etag.empty()) asked.headers["if-match"] = part.etag;
  return answer(asked, {200, 206, 404, 412, 416}, "reading " + key);
}

HttpReply S3Client::head(const std::string& key) const {
  return answer({.method = "HEAD", .key = key}, {200, 404}, "looking at " + key);
}

HttpReply S3Client::create(const std::string& key, std::string_view bytes) const {
  const std::string digest = identity::sha256_hex(bytes);
  const Asked asked{.method = "PUT",
                    .key = key,
                    .headers = {{"if-none-match", "*"}, {kDigestHeader, digest}},
                    .body = bytes,
                    .body_sha256 = digest,
                    .reply_limit = kLongestListing};
  HttpReply reply = answer(asked, {200, 304, 412, kNotImplemented}, "writing " + key);
  if (reply.status == kNotImplemented)
    throw Error(Code::STORE_REPLACES, describe() + " does not know `If-None-Match: *`", {{"store", describe()}});
  return reply;
}

S3Listing S3Client::list(const std::string& prefix, const std::string& token, int most) const {
  const std::string below = object_name(place_, prefix);
  Asked asked{
      .method = "GET",
      .query = {{"list-type", "2"}, {"max-keys", std::to_string(most)}, {"prefix", below.empty() ? "" : below + "/"}},
      .reply_limit = kLongestListing};
  if (!token.empty()) asked.query["continuation-token"] = token;
  const HttpReply reply = answer(asked, {200}, "listing " + (below.empty() ? "the bucket" : below));
  if (reply.oversized) throw refusal_of(reply, "listing " + below, describe());
  S3Listing listing = read_listing(reply.body);
  const std::size_t outside = place_.prefix.empty() ? 0 : place_.prefix.size() + 1;
  for (auto& name : listing.names) name.erase(0, outside);
  return listing;
}

std::string S3Client::root() const { return root_of(place_); }

std::string S3Client::describe() const { return described(place_); }

}  // namespace mf::store
