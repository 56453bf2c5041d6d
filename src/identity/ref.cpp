#include "mf/identity/ref.hpp"

#include <algorithm>

#include "mf/error.hpp"
#include "mf/identity/characters.hpp"

namespace mf::identity {
namespace {

constexpr std::string_view kPinMark = "@sha256:";
constexpr std::string_view kS3Prefix = "s3://";
constexpr std::string_view kFilePrefix = "file:///";

[[noreturn]] void refuse(std::string_view field, std::string_view why, std::string_view text) {
  Error::Context context{{"field", std::string(field)}};
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  if (printable && text.size() <= 512) context.emplace("ref", text);
  throw Error(Code::REF_INVALID, std::string(field) + ": the ref " + std::string(why), std::move(context));
}

bool is_forbidden(char c) {
  constexpr std::string_view kForbidden = "*?[]\\%\"'<>|{}";
  return c == ' ' || kForbidden.find(c) != std::string_view::npos;
}

void require_segments(std::string_view path, std::string_view field, std::string_view text) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (segment.empty()) refuse(field, "has an empty segment", text);
    if (segment == "." || segment == "..") refuse(field, "has a segment `.` or `..`", text);
    if (segment == "latest") refuse(field, "has a segment `latest`; MF only takes explicit versions", text);
    if (slash == std::string_view::npos) return;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

Ref parse_ref(std::string_view text, std::string_view field) {
  if (text.empty()) refuse(field, "is empty", text);
  if (text.size() > 1024) refuse(field, "is longer than 1024 bytes", text.substr(0, 64));
  if (const auto hidden = hidden_character(text)) refuse(field, "has the hidden character " + *hidden, text);
  if (std::any_of(text.begin(), text.end(), is_forbidden))
    refuse(field, "has a wildcard, blank, backslash, percent, quote or bracket", text);

  Ref ref;
  const std::size_t mark = text.find('@');
  if (mark != std::string_view::npos && text.substr(mark).starts_with(kPinMark)) {
    ref.pin = parse_digest(text.substr(mark + kPinMark.size()));
    if (!ref.pin) refuse(field, "has a malformed pin; a pin is @sha256: and 64 lower-case hex digits", text);
  } else if (mark != std::string_view::npos) {
    refuse(field, "has an `@` that is no pin; a pin is @sha256: and 64 lower-case hex digits", text);
  }
  const std::string_view location = text.substr(0, mark);
  std::string_view path = location;
  if (path.starts_with(kS3Prefix)) {
    ref.scheme = Ref::Scheme::s3;
    path.remove_prefix(kS3Prefix.size());
  } else if (path.starts_with(kFilePrefix)) {
    ref.scheme = Ref::Scheme::file;
    path.remove_prefix(kFilePrefix.size());
  } else if (path.starts_with("/")) {
    refuse(field, "is an absolute path; a ref is a key relative to the store's root, s3://bucket/key or file:///path",
           text);
  } else if (path.find("://") != std::string_view::npos) {
    refuse(field, "has a scheme other than s3:// and file:///", text);
  }
  require_segments(path, field, text);
  ref.location = location;
  return ref;
}

std::string to_string(const Ref& ref) { return ref.pin ? pinned(ref.location, to_hex(*ref.pin)) : ref.location; }

std::string pinned(std::string_view location, std::string_view digest_hex) {
  return std::string(location) + std::string(kPinMark) + std::string(digest_hex);
}

bool is_path_safe_id(std::string_view id) {
  const auto allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == ':' || c == '-';
  };
  return !id.empty() && id.size() <= 128 && id != "." && id != ".." && std::all_of(id.begin(), id.end(), allowed);
}

}  // namespace mf::identity
