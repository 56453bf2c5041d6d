// What the strict reader makes of canonical JSON, and of every other way to write the same value.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "contracts/strict_json.hpp"
#include "mf/contracts/document.hpp"
#include "mf/identity/canonical_json.hpp"
#include "support/hard_json_values.hpp"

namespace mf::contracts {
namespace {

using identity::canonical_json;
using nlohmann::json;
using testing::hard_json;

RC_GTEST_PROP(StrictJson, ReadsCanonicalJsonAsTheValueItWasWrittenFrom, ()) {
  const json value = *hard_json();
  const std::string text = canonical_json(value);
  const json read = parse_strict_json(text, "value");
  RC_ASSERT(testing::same_value(read, value));
  RC_ASSERT(canonical_json(read) == text);
}

RC_GTEST_PROP(CanonicalFormOfJson, IsItsOwnCanonicalForm, ()) {
  const std::string text = canonical_json(*hard_json());
  RC_ASSERT(canonical_form_of_json(text, "value") == text);
}

RC_GTEST_PROP(CanonicalFormOfJson, IsTheSameForEverySpelling, (std::uint64_t seed)) {
  const json value = *hard_json();
  RC_ASSERT(canonical_form_of_json(testing::Spelling(seed).of(value), "value") == canonical_json(value));
}

}  // namespace
}  // namespace mf::contracts
