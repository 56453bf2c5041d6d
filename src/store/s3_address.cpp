#include "store/s3_address.hpp"

#include <algorithm>

#include "mf/error.hpp"
#include "store/key.hpp"

namespace mf::store {
namespace {

constexpr std::string_view kScheme = "s3://";

bool is_one_of(char c, std::string_view others) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
}

bool is_unreserved(char c) { return is_one_of(c, "-._~") || (c >= 'A' && c <= 'Z'); }

/// Letters, digits, dots and dashes, beginning and ending with a letter or digit.
bool is_host_name(std::string_view text, std::size_t shortest, std::size_t longest) {
  return text.size() >= shortest && text.size() <= longest && is_one_of(text.front(), "") &&
         is_one_of(text.back(), "") &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_one_of(c, ".-"); }) &&
         text.find("..") == std::string_view::npos;
}

[[noreturn]] void refuse(const std::string& name, const std::string& value, const std::string& expected) {
  throw Error(Code::PROFILE_INVALID, name + " should be " + expected, {{name, value.substr(0, 128)}});
}

void require_prefix(const std::string& root, const std::string& prefix) try {
  require_key(prefix);
} catch (const Error&) {
  refuse("root", root, "s3://bucket/prefix with a prefix out of A-Z a-z 0-9 _ . : @ + = - and single slashes");
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What stands before and after the `://` of an endpoint.
struct Endpoint {
  std::string scheme;
  std::string authority;
};

Endpoint parted(const std::string& endpoint) {
  const std::size_t at = endpoint.find("://");
  if (at == std::string::npos) return {};
  return {endpoint.substr(0, at), endpoint.substr(at + 3)};
}

void require_endpoint(const std::string& endpoint) {
  const auto [scheme, authority] = parted(endpoint);
  const std::size_t colon = authority.find(':');
  const bool valid = (scheme == "http" || scheme == "https") && is_host_name(authority.substr(0, colon), 1, 253) &&
                     (colon == std::string::npos || is_port(std::string_view(authority).substr(colon + 1)));
  // An endpoint may hold a password by mistake (http://user:password@host), so it is not repeated.
  if (!valid)
    refuse("endpoint", "", "http://host, https://host or one of them with :port, in lower case, and nothing else");
}

/// `https://host:443` and `https://host` are one host to a signature, as clients leave the usual port out.
std::string without_usual_port(const Endpoint& endpoint) {
  const std::string_view usual = endpoint.scheme == "https" ? ":443" : ":80";
  std::string authority = endpoint.authority;
  if (authority.ends_with(usual)) authority.resize(authority.size() - usual.size());
  return authority;
}

}  // namespace

S3Place s3_place(const std::string& root, const std::string& endpoint, const std::string& region, bool path_style) {
  if (!root.starts_with(kScheme)) refuse("root", root, "s3://bucket or s3://bucket/prefix");
  const std::string rest = root.substr(kScheme.size());
  const std::size_t slash = rest.find('/');
  S3Place place{endpoint, region, rest.substr(0, slash), slash == std::string::npos ? "" : rest.substr(slash + 1),
                path_style};
  if (!is_host_name(place.bucket, 3, 63)) refuse("root", root, "s3://bucket or s3://bucket/prefix");
  if (place.prefix.ends_with('/')) place.prefix.pop_back();
  if (!place.prefix.empty()) require_prefix(root, place.prefix);
  if (!is_host_name(region, 1, 64)) refuse("region", region, "the name of a region, such as eu-west-1");
  require_endpoint(endpoint);
  return place;
}

std::string object_name(const S3Place& place, std::string_view key) {
  std::string name = place.prefix;
  if (!name.empty() && !key.empty()) name.push_back('/');
  return name.append(key);
}

S3Address address_of(const S3Place& place, std::string_view key) {
  const Endpoint endpoint = parted(place.endpoint);
  S3Address address;
  address.host = (place.path_style ? "" : place.bucket + ".") + without_usual_port(endpoint);
  address.path = place.path_style ? "/" + place.bucket : "";
  if (!key.empty()) address.path += "/" + percent_encoded(object_name(place, key), true);
  if (address.path.empty()) address.path = "/";
  address.url = endpoint.scheme + "://" + address.host + address.path;
  return address;
}

std::string percent_encoded(std::string_view text, bool keep_slash) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c) || (keep_slash && c == '/')) {
      encoded.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
  }
  return encoded;
}

std::string root_of(const S3Place& place) {
  return std::string(kScheme) + place.bucket + (place.prefix.empty() ? "" : "/" + place.prefix);
}

std::string described(const S3Place& place) { return root_of(place) + " at " + place.endpoint; }

}  // namespace mf::store
