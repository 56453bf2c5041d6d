#include "mf/identity/uuid.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdint>

#include "mf/error.hpp"

namespace mf::identity {
namespace {

constexpr std::size_t kBytes = 16;
constexpr std::array<std::uint8_t, kBytes> kNamespaceOfUrls = {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                                               0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};

using Sha1 = std::array<std::uint8_t, 20>;

Sha1 sha1(std::string_view bytes) {
  Sha1 digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1 || size != digest.size())
    throw Error(Code::INTERNAL, "OpenSSL gives no SHA-1 digest", {},
                "Check the OpenSSL that mf runs with, and what OPENSSL_CONF has it load.");
  return digest;
}

std::string written(const Sha1& digest) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < kBytes; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    text.push_back(kHexDigits[digest[i] >> 4]);
    text.push_back(kHexDigits[digest[i] & 15]);
  }
  return text;
}

}  // namespace

std::string uuid_of_url(std::string_view url) {
  std::string named(kNamespaceOfUrls.begin(), kNamespaceOfUrls.end());
  Sha1 digest = sha1(named.append(url));
  digest[6] = (digest[6] & 0x0fU) | 0x50U;  // version 5
  digest[8] = (digest[8] & 0x3fU) | 0x80U;  // the variant of RFC 9562
  return written(digest);
}

}  // namespace mf::identity
