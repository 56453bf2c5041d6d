#pragma once
// SHA-256 digests.
//
// Room: identity (the only room that touches OpenSSL hashing).

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mf::identity {

/// A SHA-256 digest. Written as 64 lower-case hex digits, everywhere.
struct Digest {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const Digest&) const = default;
};

std::string to_hex(const Digest& digest);

/// Reads 64 lower-case hex digits; nothing when the text is anything else. Inverse of to_hex.
std::optional<Digest> parse_digest(std::string_view hex);

/// The digest of `bytes`.
Digest sha256(std::string_view bytes);

/// The digest of `bytes`, as hex: what documents hold.
std::string sha256_hex(std::string_view bytes);

/// The HMAC-SHA-256 of `bytes` under `key` (RFC 2104): what request signatures are made of. Throws INTERNAL if the
/// library fails.
Digest hmac_sha256(std::string_view key, std::string_view bytes);

/// A digest taken while bytes stream by. One use: update as often as needed, then finish once.
/// Throws INTERNAL if the library fails, so that a wrong digest is never kept.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  void update(std::string_view bytes);
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mf::identity
