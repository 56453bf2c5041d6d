#pragma once
// Documents made from their schemas: one that fits, and the values that may stand in each of its places.

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace mf::testing {

using nlohmann::json;

/// Two texts that fit each pattern of the schemas. A new pattern needs a new row.
inline std::string text_like(const std::string& pattern, int variant) {
  static const std::map<std::string, std::vector<std::string>> kTexts = {
      {"^platform_[0-9]{8}T[0-9]{6}Z$", {"platform_20260601T000000Z", "platform_20260602T000000Z"}},
      {"^[0-9a-f]{64}$", {std::string(64, '0'), std::string(64, 'a')}},
      {"^tr_[0-9a-f]{32}$", {"tr_" + std::string(32, '1'), "tr_" + std::string(32, 'b')}},
      {"^[A-Za-z0-9_.:-]{1,128}$", {"dm_one", "dm_two"}},
      {"^[A-Za-z0-9_.:-]{8,128}$", {"request-1", "request-2"}},
      {"^[A-Z][A-Z0-9_]{0,63}$", {"REF_INVALID", "USAGE"}},
      {"^[A-Z][A-Z_]{0,63}$", {"PASS", "FAILED"}},
      {"^(SYSTEM|HUMAN)::[^ ]{1,120}$", {"SYSTEM::mf", "HUMAN::x"}},
      {"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$",
       {"2026-02-10T00:00:00Z", "2026-02-11T00:00:00.5Z"}},
      {"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$",
       {"2026-02-10T00:00:00.000000Z", "2026-02-11T00:00:00.500000Z"}},
      {"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", {"2026-02-09", "2026-02-16"}},
  };
  const auto found = kTexts.find(pattern);
  if (found == kTexts.end()) throw std::runtime_error("no sample for the pattern " + pattern);
  return found->second.at(static_cast<std::size_t>(variant));
}

inline std::string type_of(const json& schema) {
  const auto type = schema.find("type");
  if (type == schema.end()) return schema.contains("properties") ? "object" : "string";
  if (type->is_string()) return type->get<std::string>();
  return type->front() == "null" ? type->at(1).get<std::string>() : type->front().get<std::string>();
}

inline double sample_number(const json& schema, int variant) {
  const double least =
      schema.contains("exclusiveMinimum") ? schema["exclusiveMinimum"].get<double>() : schema.value("minimum", 0.0);
  const double most = schema.contains("exclusiveMaximum") ? schema["exclusiveMaximum"].get<double>()
                                                          : schema.value("maximum", least + 8);
  return least + (most - least) * (variant == 0 ? 0.25 : 0.5);
}

/// A value that fits `schema`; the two variants differ wherever the schema lets them.
inline json sample(const json& schema, int variant = 0, bool optional_too = true) {
  if (schema.contains("const")) return schema["const"];
  if (schema.contains("enum")) return schema["enum"].at(static_cast<std::size_t>(variant) % schema["enum"].size());
  const std::string type = type_of(schema);
  if (type == "null") return nullptr;
  if (type == "boolean") return variant == 1;
  if (type == "integer") return schema.value("minimum", std::int64_t{0}) + variant;
  if (type == "number") return sample_number(schema, variant);
  if (type == "array") return json::array({sample(schema.at("items"), variant, optional_too)});
  if (type == "string") {
    if (schema.contains("pattern")) return text_like(schema["pattern"], variant);
    return std::string(schema.value("minLength", std::size_t{1}), 'x') + (variant == 0 ? "" : "y");
  }
  json object = json::object();
  const json required = schema.value("required", json::array());
  const json properties = schema.value("properties", json::object());
  for (const auto& [name, member] : properties.items())
    if (optional_too || std::find(required.begin(), required.end(), name) != required.end())
      object[name] = sample(member, variant, optional_too);
  const auto rest = schema.find("additionalProperties");
  if (rest != schema.end() && rest->is_object()) object["some_name"] = sample(*rest, variant, optional_too);
  return object;
}

/// A place in a sample: where it is, and what its schema says of it.
struct Place {
  json::json_pointer pointer;
  json schema;
};

/// Every place of `value`, which is a sample of `schema`, the whole first.
inline void collect_places(const json& schema, const json& value, const json::json_pointer& at,
                           std::vector<Place>& places) {
  places.push_back({at, schema});
  if (value.is_array() && schema.contains("items"))
    for (std::size_t i = 0; i < value.size(); ++i) collect_places(schema["items"], value[i], at / i, places);
  if (!value.is_object()) return;
  const json properties = schema.value("properties", json::object());
  for (const auto& [name, member] : value.items())
    collect_places(properties.contains(name) ? properties[name] : schema.value("additionalProperties", json::object()),
                   member, at / name, places);
}

inline std::vector<Place> places_of(const json& schema, const json& value) {
  std::vector<Place> places;
  collect_places(schema, value, json::json_pointer(), places);
  return places;
}

}  // namespace mf::testing
