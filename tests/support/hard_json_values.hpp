#pragma once
// JSON values at the borders of what JSON can say, and any spelling of a value.

#include <rapidcheck.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "mf/identity/canonical_json.hpp"
#include "support/json_values.hpp"

namespace mf::testing {

/// Texts made of the characters at which escapes, UTF-8 lengths and surrogates change.
inline rc::Gen<std::string> hard_text() {
  std::vector<std::uint32_t> points = {'"',    '\\',   '/',    'a',    'u',     0x7E,    0x7F,    0x80,   0x9F,
                                       0xA0,   0xE9,   0x301,  0x7FF,  0x800,   0x202E,  0x2028,  0xD7FF, 0xE000,
                                       0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF};
  for (std::uint32_t control = 0; control < 0x21; ++control) points.push_back(control);
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(rc::gen::elementOf(points)),
                      [](const std::vector<std::uint32_t>& chosen) {
                        std::string text;
                        for (const auto point : chosen) text += utf8_of(point);
                        return text;
                      });
}

/// Doubles of every size: any bits, powers of ten and their neighbours, the smallest and the largest, both zeros.
inline rc::Gen<double> hard_double() {
  using Limits = std::numeric_limits<double>;
  const auto any_bits = rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), [](std::uint64_t bits) {
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    return std::isfinite(number) ? number : 0.5;
  });
  const auto power = rc::gen::map(rc::gen::pair(rc::gen::inRange(-325, 309), rc::gen::inRange(-2, 3)), [](auto chosen) {
    double number = std::pow(10.0, chosen.first);
    for (int step = chosen.second; step != 0; step += step < 0 ? 1 : -1)
      number = std::nextafter(number, step < 0 ? 0.0 : Limits::max());
    return number;
  });
  const auto border = rc::gen::element(0.0, -0.0, Limits::denorm_min(), -Limits::denorm_min(), Limits::min(),
                                       Limits::max(), Limits::lowest(), 1e-5, 1e-4, 1e15, 1e16, 9999999999999998.0,
                                       9007199254740993.0, 0.1, 1e22, 1e23);
  return rc::gen::oneOf(any_bits, power, border);
}

inline rc::Gen<std::int64_t> hard_integer() {
  using Limits = std::numeric_limits<std::int64_t>;
  return rc::gen::oneOf(rc::gen::arbitrary<std::int64_t>(),
                        rc::gen::element<std::int64_t>(Limits::min(), Limits::min() + 1, Limits::max(), -1, 0, 1,
                                                       9007199254740993, -9007199254740993));
}

/// Any value made of the above, up to thirty levels deep.
inline rc::Gen<nlohmann::json> hard_json() {
  using nlohmann::json;
  const auto as_json = [](auto value) { return json(value); };
  const auto scalar = rc::gen::oneOf(rc::gen::map(hard_text(), as_json), rc::gen::map(hard_double(), as_json),
                                     rc::gen::map(hard_integer(), as_json), any_json(2));
  const auto wide =
      rc::gen::map(rc::gen::scale(0.3, rc::gen::container<std::map<std::string, json>>(hard_text(), scalar)),
                   [](const std::map<std::string, json>& members) { return json(members); });
  const auto deep =
      rc::gen::map(rc::gen::pair(wide, rc::gen::scale(0.25, rc::gen::container<std::vector<std::string>>(hard_text()))),
                   [](const auto& chosen) {
                     json value = chosen.first;
                     for (const auto& name : chosen.second)
                       value = name.size() % 2 == 0 ? json{{name, value}} : json::array({value, name});
                     return value;
                   });
  return rc::gen::oneOf(scalar, wide, deep);
}

/// A value in one of the many ways to write it as JSON; `dice` chooses.
class Spelling {
 public:
  explicit Spelling(std::uint64_t seed) : dice_(seed) {}

  std::string of(const nlohmann::json& value) { return blank() + bare(value) + blank(); }

  std::size_t below(std::size_t end) { return static_cast<std::size_t>(dice_() % end); }

  template <class Values>
  void shuffle(Values& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::string bare(const nlohmann::json& value) {
    if (value.is_object()) return object(value);
    if (value.is_array()) return array(value);
    if (value.is_string()) return text(value.get_ref<const std::string&>());
    if (value.is_number_float()) return number(value.get<double>());
    return value.dump();
  }

  std::string object(const nlohmann::json& value) {
    std::vector<std::string> names;
    for (const auto& [name, member] : value.items()) names.push_back(name);
    shuffle(names);
    std::string out = "{" + blank();
    for (const auto& name : names)
      out += (out.back() == '{' || &name == &names.front() ? "" : ",") + blank() + text(name) + blank() + ":" +
             of(value.at(name));
    return out + "}";
  }

  std::string array(const nlohmann::json& value) {
    std::string out = "[" + blank();
    for (std::size_t i = 0; i < value.size(); ++i) out += (i == 0 ? "" : ",") + of(value[i]);
    return out + "]";
  }

  std::string number(double value) {
    if (below(2) == 0) return identity::canonical_number(value);
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, below(2) == 0 ? "%.17e" : "%.16E", value);
    // Sixteen digits behind the point are enough for every double.
    return buffer;
  }

  std::string text(const std::string& value) {
    std::string out = "\"";
    for (std::size_t i = 0; i < value.size();) {
      const auto lead = static_cast<unsigned char>(value[i]);
      const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      out += character(value.substr(i, size));
      i += size;
    }
    return out + "\"";
  }

  std::string character(const std::string& utf8) {
    const bool must_escape =
        utf8.size() == 1 && (utf8[0] == '"' || utf8[0] == '\\' || (utf8[0] >= 0 && utf8[0] < 0x20));
    if (utf8 == "/" && below(2) == 0) return "\\/";
    if (!must_escape && below(3) != 0) return utf8;
    const std::string canonical = identity::canonical_json(nlohmann::json(utf8));
    const std::string escaped = canonical.substr(1, canonical.size() - 2);
    return escaped.size() > 1 && below(2) == 0 ? escaped : in_hex(utf8);
  }

  /// \uXXXX, in hex of either case.
  std::string in_hex(const std::string& utf8) {
    std::string out;
    for (const char16_t unit : utf16_of(utf8)) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, below(2) == 0 ? "\\u%04x" : "\\u%04X", static_cast<unsigned>(unit));
      out += buffer;
    }
    return out;
  }

  static std::u16string utf16_of(const std::string& utf8) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]) & 0x3FU; };
    if (utf8.size() == 1) return {static_cast<char16_t>(utf8[0])};
    if (utf8.size() == 2) return {static_cast<char16_t>((static_cast<unsigned char>(utf8[0]) & 0x1FU) << 6U | byte(1))};
    if (utf8.size() == 3)
      return {static_cast<char16_t>((static_cast<unsigned char>(utf8[0]) & 0x0FU) << 12U | byte(1) << 6U | byte(2))};
    const std::uint32_t point =
        (static_cast<unsigned char>(utf8[0]) & 0x07U) << 18U | byte(1) << 12U | byte(2) << 6U | byte(3);
    const std::uint32_t rest = point - 0x10000;
    return {static_cast<char16_t>(0xD800U + (rest >> 10U)), static_cast<char16_t>(0xDC00U + (rest & 0x3FFU))};
  }

  std::string blank() {
    static const char* const kBlanks[] = {"", "", "", " ", "\n", "\t", "\r\n", "  "};
    return kBlanks[below(std::size(kBlanks))];
  }

  std::mt19937_64 dice_;
};

/// Whether two values are the same, a number's being whole or not included.
inline bool same_value(const nlohmann::json& a, const nlohmann::json& b) {
  if (a.is_number_float() != b.is_number_float()) return false;
  if (a.is_number_float())
    return a.get<double>() == b.get<double>() && std::signbit(a.get<double>()) == std::signbit(b.get<double>());
  if (a.is_structured() != b.is_structured() || a.size() != b.size() || a.is_object() != b.is_object()) return false;
  if (!a.is_structured()) return a == b;
  for (auto one = a.begin(), other = b.begin(); one != a.end(); ++one, ++other) {
    if (a.is_object() && one.key() != other.key()) return false;
    if (!same_value(*one, *other)) return false;
  }
  return true;
}

}  // namespace mf::testing
