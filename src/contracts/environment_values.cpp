#include "contracts/environment_values.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "mf/error.hpp"
#include "mf/redaction.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

constexpr std::string_view kOpening = "${";

/// A text of the document, and where it stands.
struct Field {
  std::string pointer;
  const std::string& where;

  [[noreturn]] void refuse(const std::string& what, const std::string& fix) const {
    throw Error(Code::PROFILE_INVALID, where + ": " + pointer + " " + what, {{"document", where}, {"pointer", pointer}},
                fix);
  }
};

/// What stands between the braces.
struct Asked {
  std::string name;
  std::optional<std::string> otherwise;
};

bool is_name(std::string_view name) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  return !name.empty() && kLetters.find(name.front()) != std::string_view::npos &&
         name.find_first_not_of(std::string(kLetters) + "0123456789") == std::string_view::npos;
}

Asked asked_in(std::string_view braces, const Field& field) {
  const std::size_t operation = braces.find(":-");
  Asked asked{std::string(braces.substr(0, operation)), {}};
  if (operation != std::string_view::npos) asked.otherwise = braces.substr(operation + 2);
  if (!is_name(asked.name) || braces.find('$') != std::string_view::npos)
    field.refuse("holds a ${...} that is not understood",
                 "Write ${NAME} or ${NAME:-default}, not nested; nothing else.");
  if (is_secret_name(asked.name))
    field.refuse("asks for the variable " + asked.name + ", whose name is that of a secret",
                 "Leave secrets out of profiles; credentials are taken from the environment by themselves.");
  return asked;
}

std::string value_of(const Asked& asked, const Field& field) {
  const char* set = std::getenv(asked.name.c_str());
  if (set != nullptr && *set != '\0') return set;
  if (asked.otherwise) return *asked.otherwise;
  field.refuse("asks for the variable " + asked.name + ", which is " + (set == nullptr ? "not set" : "empty"),
               "Set " + asked.name + ", or write ${" + asked.name + ":-default}.");
}

std::string replaced(std::string_view text, const Field& field) {
  std::string made;
  while (true) {
    const std::size_t opening = text.find(kOpening);
    made += text.substr(0, opening);
    if (opening == std::string_view::npos) return made;
    const std::size_t closing = text.find('}', opening);
    if (closing == std::string_view::npos)
      field.refuse("holds a ${ without its }", "Write ${NAME} or ${NAME:-default}.");
    made += value_of(asked_in(text.substr(opening + 2, closing - opening - 2), field), field);
    text.remove_prefix(closing + 1);
  }
}

/// Text as the field's type wants it; a text where it cannot be that, which the schema then refuses.
json typed(const std::string& text, const json& schema) {
  const auto type = schema.find("type");
  if (type == schema.end()) return text;
  if (*type == "boolean" && (text == "true" || text == "false")) return text == "true";
  if (*type != "integer") return text;
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size() ? json(number) : json(text);
}

const json& member_of(const json& schema, const char* keyword, const std::string& name) {
  static const json kAnything = json::object();
  const auto members = schema.find(keyword);
  if (members == schema.end()) return kAnything;
  if (name.empty()) return *members;
  const auto member = members->find(name);
  return member == members->end() ? kAnything : *member;
}

void fill(json& value, const json& schema, const Field& field) {
  if (value.is_string() && asks_for_environment(value)) {
    value = typed(replaced(value.get_ref<const std::string&>(), field), schema);
  } else if (value.is_object()) {
    for (auto& [name, member] : value.items())
      fill(member, member_of(schema, "properties", name), {field.pointer + "/" + name, field.where});
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i)
      fill(value[i], member_of(schema, "items", ""), {field.pointer + "/" + std::to_string(i), field.where});
  }
}

}  // namespace

bool asks_for_environment(const json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>().find(kOpening) != std::string::npos;
  return value.is_structured() && std::any_of(value.begin(), value.end(), asks_for_environment);
}

json with_environment(json value, const json& schema, const std::string& where) {
  fill(value, schema, {"", where});
  return value;
}

}  // namespace mf::contracts
