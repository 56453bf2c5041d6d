#include "mf/identity/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "mf/error.hpp"

namespace mf::identity {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

/// A digest must never be kept unless every call that made it succeeded.
void require(int openssl_result) {
  if (openssl_result != 1)
    throw Error(Code::INTERNAL, "OpenSSL gives no SHA-256 digest", {},
                "Check the OpenSSL that mf runs with, and what OPENSSL_CONF has it load.");
}

}  // namespace

struct Hasher::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
  require(state_->context != nullptr ? 1 : 0);
  require(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::string_view bytes) {
  require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

Digest Hasher::finish() {
  Digest digest;
  unsigned int size = 0;
  require(EVP_DigestFinal_ex(state_->context.get(), digest.bytes.data(), &size));
  require(size == digest.bytes.size() ? 1 : 0);
  return digest;
}

std::string to_hex(const Digest& digest) {
  std::string hex;
  hex.reserve(2 * digest.bytes.size());
  for (const std::uint8_t byte : digest.bytes) {
    hex.push_back(kHexDigits[byte >> 4]);
    hex.push_back(kHexDigits[byte & 15]);
  }
  return hex;
}

std::optional<Digest> parse_digest(std::string_view hex) {
  Digest digest;
  if (hex.size() != 2 * digest.bytes.size()) return {};
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    const auto high = kHexDigits.find(hex[2 * i]);
    const auto low = kHexDigits.find(hex[2 * i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    digest.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return digest;
}

Digest sha256(std::string_view bytes) {
  Hasher hasher;
  hasher.update(bytes);
  return hasher.finish();
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  Digest digest;
  unsigned int size = 0;
  const char* secret = key.empty() ? "" : key.data();  // null would mean the key of an earlier call
  const auto* message = reinterpret_cast<const unsigned char*>(bytes.data());
  const bool made = HMAC(EVP_sha256(), secret, static_cast<int>(key.size()), message, bytes.size(), digest.bytes.data(),
                         &size) != nullptr;
  require(made && size == digest.bytes.size() ? 1 : 0);
  return digest;
}

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

}  // namespace mf::identity
