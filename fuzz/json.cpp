// Any bytes as JSON: refused, or their canonical form is JSON of the same canonical form.

#include "accepted.hpp"
#include "mf/contracts/document.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using mf::contracts::canonical_form_of_json;
  const auto text = mf::fuzz::text_of(data, size);
  const auto canonical = mf::fuzz::accepted([&] { return canonical_form_of_json(text, "input"); });
  if (canonical)
    mf::fuzz::require(canonical_form_of_json(*canonical, "canonical form") == *canonical,
                      "a canonical form is its own canonical form");
  return 0;
}
