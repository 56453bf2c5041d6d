// Any bytes as YAML: refused, or their canonical form is JSON of the same canonical form. Bytes that are JSON too mean
// the same in both.

#include "accepted.hpp"
#include "mf/contracts/document.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using mf::contracts::canonical_form_of_json;
  using mf::contracts::canonical_form_of_yaml;
  const auto text = mf::fuzz::text_of(data, size);
  const auto canonical = mf::fuzz::accepted([&] { return canonical_form_of_yaml(text, "input"); });
  if (!canonical) return 0;
  mf::fuzz::require(canonical_form_of_json(*canonical, "canonical form") == *canonical,
                    "a canonical form is its own canonical form");
  const auto as_json = mf::fuzz::accepted([&] { return canonical_form_of_json(text, "input"); });
  mf::fuzz::require(!as_json || as_json == canonical, "a text means the same as JSON and as YAML");
  return 0;
}
