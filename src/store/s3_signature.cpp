#include "store/s3_signature.hpp"

#include "mf/identity/digest.hpp"
#include "store/s3_address.hpp"

namespace mf::store {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

std::string_view view_of(const identity::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

std::string signed_names(const SignedFacts& facts) {
  std::string names;
  for (const auto& header : facts.headers) names += (names.empty() ? "" : ";") + header.first;
  return names;
}

std::string canonical_request(const SignedFacts& facts) {
  std::string text = facts.method + "\n" + facts.path + "\n" + canonical_query(facts.query) + "\n";
  for (const auto& [name, value] : facts.headers) text += name + ":" + value + "\n";
  return text + "\n" + signed_names(facts) + "\n" + facts.payload_sha256;
}

/// What the signature is good for: a day, a region and a service.
std::string credential_scope(const std::string& day, const SigningScope& scope) {
  return day + "/" + scope.region + "/" + scope.service + "/aws4_request";
}

std::string signature(const std::string& text, const std::string& secret, const std::string& day,
                      const SigningScope& scope) {
  identity::Digest key = identity::hmac_sha256("AWS4" + secret, day);
  for (const std::string_view part :
       {std::string_view(scope.region), std::string_view(scope.service), std::string_view("aws4_request")})
    key = identity::hmac_sha256(view_of(key), part);
  return identity::to_hex(identity::hmac_sha256(view_of(key), text));
}

}  // namespace

std::string amz_date(UtcTime time) {
  std::string date;
  for (const char c : to_string(time).substr(0, std::string_view("2015-08-30T12:36:00").size()))
    if (c != '-' && c != ':') date.push_back(c);
  return date + "Z";
}

std::string canonical_query(const std::map<std::string, std::string>& query) {
  std::map<std::string, std::string> encoded;  // the order is that of the encoded names
  for (const auto& [name, value] : query) encoded[percent_encoded(name, false)] = percent_encoded(value, false);
  std::string text;
  for (const auto& [name, value] : encoded) text += (text.empty() ? "" : "&") + name + "=" + value;
  return text;
}

std::string authorization(const SignedFacts& facts, const S3Credentials& credentials, const SigningScope& scope) {
  const std::string& date = facts.headers.at("x-amz-date");
  const std::string day = date.substr(0, 8);
  const std::string text = std::string(kAlgorithm) + "\n" + date + "\n" + credential_scope(day, scope) + "\n" +
                           identity::sha256_hex(canonical_request(facts));
  return std::string(kAlgorithm) + " Credential=" + credentials.access_key_id + "/" + credential_scope(day, scope) +
         ", SignedHeaders=" + signed_names(facts) +
         ", Signature=" + signature(text, credentials.secret_access_key, day, scope);
}

}  // namespace mf::store
