#pragma once
// Arbitrary JSON values, for properties that must hold for all of them.

#include <rapidcheck.h>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mf::testing {

/// A code point as UTF-8.
inline std::string utf8_of(std::uint32_t point) {
  const auto byte = [](std::uint32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  const auto tail = [&](unsigned shift) { return byte(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xC0U | point >> 6), tail(0)};
  if (point < 0x10000) return {byte(0xE0U | point >> 12), tail(6), tail(0)};
  return {byte(0xF0U | point >> 18), tail(12), tail(6), tail(0)};
}

/// Any text: well-formed UTF-8 with control characters, quotes, and code points of every length.
inline rc::Gen<std::string> any_text() {
  const auto point =
      rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 0x80), rc::gen::inRange<std::uint32_t>(0x80, 0xD800),
                     rc::gen::inRange<std::uint32_t>(0xE000, 0x110000));
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(point), [](const auto& points) {
    std::string text;
    for (const auto one : points) text += utf8_of(one);
    return text;
  });
}

/// Any JSON value, nested a few levels deep.
inline rc::Gen<nlohmann::json> any_json(int depth = 3) {
  using nlohmann::json;
  const auto as_json = [](auto value) { return json(value); };
  const auto finite =
      rc::gen::suchThat(rc::gen::arbitrary<double>(), [](double number) { return number - number == 0; });
  const auto scalar = rc::gen::oneOf(rc::gen::just(json(nullptr)), rc::gen::map(rc::gen::arbitrary<bool>(), as_json),
                                     rc::gen::map(rc::gen::arbitrary<std::int64_t>(), as_json),
                                     rc::gen::map(finite, as_json), rc::gen::map(any_text(), as_json));
  if (depth == 0) return scalar;
  const auto few = [](auto values) { return rc::gen::scale(0.2, values); };
  const auto list = rc::gen::map(few(rc::gen::container<std::vector<json>>(any_json(depth - 1))),
                                 [](const std::vector<json>& values) { return json(values); });
  const auto object =
      rc::gen::map(few(rc::gen::container<std::map<std::string, json>>(any_text(), any_json(depth - 1))),
                   [](const std::map<std::string, json>& members) { return json(members); });
  return rc::gen::oneOf(scalar, list, object);
}

}  // namespace mf::testing
