#pragma once
// Refs: explicit names of bytes.
//
// Room: identity.  A ref is a store key relative to the store's root, or s3://bucket/key, or file:///path; optionally
// followed by @sha256:<64 hex>, the digest that the bytes must have. docs/formats/ref.md has the grammar.

#include <optional>
#include <string>
#include <string_view>

#include "mf/identity/digest.hpp"

namespace mf::identity {

/// A parsed ref.
struct Ref {
  enum class Scheme { store, s3, file };
  Scheme scheme = Scheme::store;
  std::string location;       ///< the ref without its pin, as written
  std::optional<Digest> pin;  ///< the digest the bytes must have

  auto operator<=>(const Ref&) const = default;
};

/// Reads a ref. `field` names where it stands, for the message.
/// Throws REF_INVALID when it is empty, absolute without a scheme, has an empty, `.`, `..` or `latest` segment, a
/// wildcard (* ? [ ]), a backslash, a percent escape, a control character, or a malformed pin.
Ref parse_ref(std::string_view text, std::string_view field);

/// The text of `ref`: inverse of parse_ref.
std::string to_string(const Ref& ref);

/// `location@sha256:<digest>`.
std::string pinned(std::string_view location, std::string_view digest_hex);

/// Whether `id` may become one segment of a path: [A-Za-z0-9_.:-]{1,128}, neither `.` nor `..`.
bool is_path_safe_id(std::string_view id);

}  // namespace mf::identity
