#include "contracts/schema_explanation.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "mf/error.hpp"
#include "mf/identity/characters.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;
using Found = std::optional<Violation>;

const json& resolve(const json& root, const json& schema) {
  const auto ref = schema.find("$ref");
  if (ref == schema.end()) return schema;
  return root.at(json::json_pointer(ref->get<std::string>().substr(1)));
}

std::string article(const std::string& type) {
  return (type == "integer" || type == "object" || type == "array" ? "an " : "a ") + type;
}

bool has_type(const json& value, const std::string& type) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  return value.is_null();
}

std::string joined(const std::vector<std::string>& words, const std::string& separator) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

/// The names of the members that a schema of an object knows.
std::vector<std::string> known_members(const json& schema) {
  std::vector<std::string> names;
  const auto properties = schema.find("properties");
  if (properties == schema.end()) return names;
  for (const auto& [name, member] : properties->items()) names.push_back(name);
  return names;
}

std::vector<std::string> required_members(const json& schema) {
  const auto required = schema.find("required");
  return required == schema.end() ? std::vector<std::string>{} : required->get<std::vector<std::string>>();
}

std::vector<std::string> types_of(const json& schema) {
  const auto type = schema.find("type");
  if (type == schema.end()) return {};
  if (type->is_string()) return {type->get<std::string>()};
  return type->get<std::vector<std::string>>();
}

Found check_type(const json& schema, const json& value, const std::string& pointer) {
  const auto types = types_of(schema);
  if (types.empty()) return {};
  for (const auto& type : types)
    if (has_type(value, type)) return {};
  std::vector<std::string> words;
  for (const auto& type : types) words.push_back(type == "null" ? "null" : article(type));
  return Violation{pointer, shape_of(value), joined(words, " or "), ""};
}

/// A word that the schema itself names may be shown: it is no secret of the document.
Found check_words(const json& schema, const json& value, const std::string& pointer) {
  std::vector<json> allowed;
  if (schema.contains("const")) allowed.push_back(schema.at("const"));
  if (schema.contains("enum")) allowed = schema.at("enum").get<std::vector<json>>();
  if (allowed.empty() || std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return {};
  std::vector<std::string> words;
  for (const auto& word : allowed) words.push_back(word.is_string() ? word.get<std::string>() : word.dump());
  Violation violation{pointer, shape_of(value), joined(words, " or "), ""};
  if (value.is_string())
    if (const auto near = near_miss(value.get_ref<const std::string&>(), words))
      violation.fix = "Did you mean `" + *near + "`?";
  return violation;
}

/// Characters, not bytes: what minLength and maxLength count.
std::size_t length_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Compiling a pattern costs far more than matching it.
const std::regex& compiled(const std::string& pattern) {
  static thread_local std::map<std::string, std::regex> kept;
  return kept.try_emplace(pattern, pattern).first->second;
}

Found check_string(const json& schema, const json& value, const std::string& pointer) {
  const auto& text = value.get_ref<const std::string&>();
  const auto length = length_of(text);
  if (schema.contains("minLength") && length < schema.at("minLength").get<std::size_t>()) {
    const auto least = schema.at("minLength").get<std::size_t>();
    return Violation{pointer, shape_of(value),
                     least == 1 ? "a text that is not empty" : "at least " + std::to_string(least) + " characters", ""};
  }
  if (schema.contains("maxLength") && length > schema.at("maxLength").get<std::size_t>())
    return Violation{pointer, shape_of(value), "at most " + schema.at("maxLength").dump() + " characters", ""};
  // No pattern allows so long a text, and std::regex would need a deep stack to say so.
  constexpr std::size_t kLongestMatched = 4096;
  if (schema.contains("pattern") &&
      (length > kLongestMatched || !std::regex_search(text, compiled(schema.at("pattern").get<std::string>()))))
    return Violation{pointer, shape_of(value),
                     schema.value("x-mf-pattern", "a text like " + schema.at("pattern").get<std::string>()), ""};
  return {};
}

Found check_number(const json& schema, const json& value, const std::string& pointer) {
  const auto number = value.get<double>();
  const auto breaks = [&](const char* keyword, auto outside) {
    return schema.contains(keyword) && outside(number, schema.at(keyword).get<double>());
  };
  const auto limit = [&](const char* words, const char* keyword) {
    return Violation{pointer, "the number " + value.dump(), words + schema.at(keyword).dump(), ""};
  };
  if (breaks("minimum", std::less<>{})) return limit("at least ", "minimum");
  if (breaks("maximum", std::greater<>{})) return limit("at most ", "maximum");
  if (breaks("exclusiveMinimum", std::less_equal<>{})) return limit("more than ", "exclusiveMinimum");
  if (breaks("exclusiveMaximum", std::greater_equal<>{})) return limit("less than ", "exclusiveMaximum");
  return {};
}

/// `1 key`, `2 keys`.
std::string counted(std::size_t count, const std::string& thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

Found check_size(const json& schema, const json& value, const std::string& pointer) {
  const auto least = schema.value("minItems", std::size_t{0});
  const auto most = schema.value("maxItems", value.size());
  if (value.size() < least)
    return Violation{pointer, shape_of(value),
                     least == 1 ? "an array that is not empty" : "an array of at least " + counted(least, "element"),
                     ""};
  if (value.size() > most)
    return Violation{pointer, shape_of(value), "an array of at most " + counted(most, "element"), ""};
  return {};
}

Found check_array(const json& root, const json& schema, const json& value, const std::string& pointer) {
  if (auto found = check_size(schema, value, pointer)) return found;
  if (schema.value("uniqueItems", false) && std::set<json>(value.begin(), value.end()).size() != value.size())
    return Violation{pointer, shape_of(value), "an array whose elements are all different", ""};
  if (!schema.contains("items")) return {};
  for (std::size_t i = 0; i < value.size(); ++i)
    if (auto found = explain(root, schema.at("items"), value.at(i), pointer + "/" + std::to_string(i))) return found;
  return {};
}

/// The schema of the member `name` of an object; null when nothing is said of it.
const json* schema_of_member(const json& schema, const std::string& name) {
  const auto properties = schema.find("properties");
  if (properties != schema.end() && properties->contains(name)) return &properties->at(name);
  const auto rest = schema.find("additionalProperties");
  return rest != schema.end() && rest->is_object() ? &*rest : nullptr;
}

/// A key that is missing may stand there mistyped.
std::string mistyped(const std::string& missing, const json& value, const std::vector<std::string>& known) {
  std::vector<std::string> strangers;
  for (const auto& [name, member] : value.items())
    if (std::find(known.begin(), known.end(), name) == known.end()) strangers.push_back(name.substr(0, 64));
  const auto near = near_miss(missing, strangers);
  return near ? "Did you mean `" + missing + "` where it says `" + *near + "`?" : "";
}

Found check_keys(const json& schema, const json& value, const std::string& pointer) {
  const auto known = known_members(schema);
  for (const auto& name : required_members(schema))
    if (!value.contains(name))
      return Violation{pointer + "/" + name, "nothing", "this key", mistyped(name, value, known),
                       Violation::Kind::missing};
  const auto rest = schema.find("additionalProperties");
  if (rest == schema.end() || *rest != false) return {};
  for (const auto& [name, member] : value.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto near = near_miss(name, known);
    return Violation{pointer + "/" + pointer_token(name), "a key that is not known here",
                     "one of " + joined(known, ", "), near ? "Did you mean `" + *near + "`?" : "Remove the key.",
                     Violation::Kind::unknown};
  }
  return {};
}

/// The required members first, in the order the schema lists them, then the others.
std::vector<std::string> member_order(const json& schema) {
  auto names = required_members(schema);
  for (const auto& name : known_members(schema))
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  return names;
}

Found check_object(const json& root, const json& schema, const json& value, const std::string& pointer) {
  if (auto found = check_keys(schema, value, pointer)) return found;
  for (const auto& name : member_order(schema)) {
    const auto member = value.find(name);
    if (member == value.end() || !schema.contains("properties") || !schema.at("properties").contains(name)) continue;
    if (auto found = explain(root, schema.at("properties").at(name), *member, pointer + "/" + name)) return found;
  }
  const auto rest = schema.find("additionalProperties");
  if (rest == schema.end() || !rest->is_object()) return {};
  for (const auto& [name, member] : value.items()) {
    if (schema.contains("properties") && schema.at("properties").contains(name)) continue;
    if (auto found = explain(root, *rest, member, pointer + "/" + pointer_token(name))) return found;
  }
  return {};
}

}  // namespace

std::string pointer_token(const std::string& name) {
  std::string escaped;
  for (const char c : name.substr(0, 64)) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string shape_of(const json& value) {
  switch (value.type()) {
    case json::value_t::null:
      return "null";
    case json::value_t::boolean:
      return value.get<bool>() ? "the boolean true" : "the boolean false";
    case json::value_t::string: {
      const auto length = length_of(value.get_ref<const std::string&>());
      return length == 0 ? "an empty string" : "a string of " + counted(length, "character");
    }
    case json::value_t::array:
      return value.empty() ? "an empty array" : "an array of " + counted(value.size(), "element");
    case json::value_t::object:
      return value.empty() ? "an empty object" : "an object of " + counted(value.size(), "key");
    case json::value_t::number_float:
      return "a number with a fraction or exponent";
    default:
      return "an integer";
  }
}

Found explain(const json& root, const json& schema_or_ref, const json& value, const std::string& pointer) {
  const json& schema = resolve(root, schema_or_ref);
  const std::string here = pointer.empty() ? "/" : pointer;
  if (auto found = check_type(schema, value, here)) return found;
  if (auto found = check_words(schema, value, here)) return found;
  if (value.is_string()) return check_string(schema, value, here);
  if (value.is_number()) return check_number(schema, value, here);
  if (value.is_array()) return check_array(root, schema, value, pointer);
  if (value.is_object()) return check_object(root, schema, value, pointer);
  return {};
}

Found explain_hidden(const json& root, const json& schema_or_ref, const json& value, const std::string& pointer) {
  const json& schema = resolve(root, schema_or_ref);
  if (value.is_string() && schema.value("x-mf-id", false))
    if (const auto hidden = identity::hidden_character(value.get_ref<const std::string&>()))
      return Violation{pointer, "the hidden character " + *hidden, "a name without hidden characters",
                       "Write the name in characters that show."};
  if (value.is_array() && schema.contains("items"))
    for (std::size_t i = 0; i < value.size(); ++i)
      if (auto found = explain_hidden(root, schema.at("items"), value.at(i), pointer + "/" + std::to_string(i)))
        return found;
  if (!value.is_object()) return {};
  for (const auto& [name, member] : value.items()) {
    const json* of_member = schema_of_member(schema, name);
    if (of_member == nullptr) continue;
    if (auto found = explain_hidden(root, *of_member, member, pointer + "/" + pointer_token(name))) return found;
  }
  return {};
}

json strip_circumstance(const json& root, const json& schema_or_ref, const json& value) {
  const json& schema = resolve(root, schema_or_ref);
  if (value.is_array() && schema.contains("items")) {
    json kept = json::array();
    for (const auto& element : value) kept.push_back(strip_circumstance(root, schema.at("items"), element));
    return kept;
  }
  if (!value.is_object() || !schema.contains("properties")) return value;
  json kept = json::object();
  for (const auto& [name, member] : value.items()) {
    const auto property = schema.at("properties").find(name);
    if (property == schema.at("properties").end()) {
      kept[name] = member;
    } else if (!property->value("x-mf-circumstance", false)) {
      kept[name] = strip_circumstance(root, *property, member);
    }
  }
  return kept;
}

}  // namespace mf::contracts
