// Canonical JSON, held against its grammar as docs/formats/identity.md states it.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "mf/identity/canonical_json.hpp"
#include "support/hard_json_values.hpp"

namespace mf::identity {
namespace {

using nlohmann::json;
using testing::hard_json;
using testing::Spelling;

/// Reads canonical JSON by the letter of its grammar, and nothing else: no blank, no second way to write anything.
class Grammar {
 public:
  explicit Grammar(std::string_view text) : rest_(text) {}

  bool holds() { return value() && rest_.empty(); }

 private:
  bool value() {
    if (rest_.empty()) return false;
    if (rest_.front() == '{') return object();
    if (rest_.front() == '[') return array();
    if (rest_.front() == '"') return string().has_value();
    return take("null") || take("true") || take("false") || number();
  }

  bool object() {
    if (!take("{")) return false;
    if (take("}")) return true;
    std::optional<std::u32string> last;
    do {
      const auto name = string();
      if (!name || (last && *name <= *last) || !take(":") || !value()) return false;
      last = name;
    } while (take(","));
    return take("}");
  }

  bool array() {
    if (!take("[")) return false;
    if (take("]")) return true;
    do {
      if (!value()) return false;
    } while (take(","));
    return take("]");
  }

  std::optional<std::u32string> string() {
    if (!take("\"")) return {};
    std::u32string text;
    while (!take("\"")) {
      const auto point = character();
      if (!point) return {};
      text.push_back(*point);
    }
    return text;
  }

  std::optional<char32_t> character() {
    static constexpr std::pair<std::string_view, char32_t> kShort[] = {
        {"\\\"", '"'}, {"\\\\", '\\'}, {"\\b", '\b'}, {"\\f", '\f'}, {"\\n", '\n'}, {"\\r", '\r'}, {"\\t", '\t'}};
    for (const auto& [spelled, point] : kShort)
      if (take(spelled)) return point;
    if (rest_.starts_with("\\u")) return escaped();
    if (rest_.empty() || rest_.front() < ' ' || rest_.front() > '~' || rest_.front() == '\\') return {};
    const char plain = rest_.front();
    rest_.remove_prefix(1);
    return static_cast<char32_t>(plain);
  }

  /// Only what has neither a place in ASCII nor a short escape; pairs only above the basic plane, and whole.
  std::optional<char32_t> escaped() {
    const auto unit = hex_unit();
    if (!unit || (*unit >= 0xDC00 && *unit < 0xE000)) return {};
    if (*unit >= 0xD800 && *unit < 0xDC00) {
      const auto low = hex_unit();
      if (!low || *low < 0xDC00 || *low >= 0xE000) return {};
      return 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00);
    }
    const bool has_a_shorter_form =
        (*unit >= ' ' && *unit <= '~') || std::u32string_view(U"\b\f\n\r\t").find(*unit) != std::u32string_view::npos;
    return has_a_shorter_form ? std::nullopt : unit;
  }

  std::optional<char32_t> hex_unit() {
    if (!take("\\u") || rest_.size() < 4) return {};
    const std::string digits(rest_.substr(0, 4));
    if (digits.find_first_not_of("0123456789abcdef") != std::string::npos) return {};
    rest_.remove_prefix(4);
    return static_cast<char32_t>(std::stoul(digits, nullptr, 16));
  }

  bool number() {
    const std::string text(rest_.substr(0, rest_.find_first_not_of("+-.0123456789e")));
    rest_.remove_prefix(text.size());
    return text.find_first_of(".e") == std::string::npos ? is_integer(text) : is_shortest_real(text);
  }

  static bool is_integer(std::string text) {
    if (text.starts_with("-")) text.erase(0, 1);
    if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) return false;
    return text.front() != '0' || text == "0";
  }

  /// The digits of the shortest `%.Ne` that reads back to the same double, set as the grammar sets them.
  static bool is_shortest_real(const std::string& text) {
    const double number = std::strtod(text.c_str(), nullptr);
    char buffer[64];
    int precision = 0;
    do {
      std::snprintf(buffer, sizeof buffer, "%.*e", precision, number);
    } while (std::strtod(buffer, nullptr) != number && ++precision < 17);
    const std::string scientific = buffer;
    const std::size_t e = scientific.find('e');
    const int exponent = std::stoi(scientific.substr(e + 1));
    if (exponent < -4 || exponent >= 16) return text == scientific;
    std::snprintf(buffer, sizeof buffer, "%.*f", std::max(precision - exponent, 1), number);
    return text == buffer;
  }

  bool take(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  std::string_view rest_;
};

TEST(CanonicalJsonGrammar, RefusesEverySecondWayToWriteAValue) {
  for (const char* text : {"",
                           " 1",
                           "1 ",
                           "[1, 2]",
                           R"({"b":1,"a":2})",
                           R"({"a":1,"a":2})",
                           "01",
                           "+1",
                           "-",
                           "1.",
                           "1.50",
                           "1E+16",
                           "1e16",
                           "1e-5",
                           "10.0e+15",
                           "0.00001",
                           "10000000000000000.0",
                           "0.1000000000000000055",
                           R"("\u0041")",
                           R"("\u000a")",
                           R"("\u00E9")",
                           R"("\/")",
                           "\"\x7F\"",
                           "\"\xC3\xA9\"",
                           R"("\ud83d")",
                           R"("\ude00\ud83d")",
                           "\"\n\"",
                           "nul",
                           "[1,]",
                           "{\"a\"}"})
    EXPECT_FALSE(Grammar(text).holds()) << text;
  for (const char* text :
       {R"({"":[],"a":{"b":null}})", "[-0.0,1e-05,0.0001,1e+16,1000000000000000.0,-9223372036854775808]",
        R"("\u0000\b\u007f\u00e9\ud83d\ude00/")"})
    EXPECT_TRUE(Grammar(text).holds()) << text;
}

RC_GTEST_PROP(CanonicalJson, HoldsItsGrammar, ()) {
  const std::string text = canonical_json(*hard_json());
  if (!Grammar(text).holds()) RC_FAIL(text);
}

RC_GTEST_PROP(CanonicalJson, ReadsBackAsTheSameValueAndTheSameText, ()) {
  const json value = *hard_json();
  const std::string text = canonical_json(value);
  const json read = json::parse(text);
  RC_ASSERT(testing::same_value(read, value));
  RC_ASSERT(canonical_json(read) == text);
}

RC_GTEST_PROP(CanonicalJson, DoesNotDependOnSpelling, (std::uint64_t seed)) {
  const json value = *hard_json();
  RC_ASSERT(canonical_json(json::parse(Spelling(seed).of(value))) == canonical_json(value));
}

RC_GTEST_PROP(CanonicalJson, HasOneTextForOneValue, ()) {
  const json one = *hard_json();
  const json other = *hard_json();
  RC_ASSERT((canonical_json(one) == canonical_json(other)) == testing::same_value(one, other));
}

}  // namespace
}  // namespace mf::identity
