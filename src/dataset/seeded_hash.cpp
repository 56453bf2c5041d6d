#include "dataset/seeded_hash.hpp"

#include "mf/identity/digest.hpp"

namespace mf::dataset {

double SeededHash::operator()(std::string_view text) {
  text_.resize(prefix_);
  text_.append(text);
  const auto digest = identity::sha256(text_);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof bits; ++i) bits = bits << 8U | digest.bytes[i];
  constexpr double kTwoTo53 = 9007199254740992.0;
  return static_cast<double>(bits >> 11U) / kTwoTo53;  // exact: no rounding that another language could do otherwise
}

}  // namespace mf::dataset
