#include "engine/profile_refusal.hpp"

#include "mf/error.hpp"

namespace mf::engine {

void refuse(const std::string& pointer, const std::string& observed, const std::string& expected, std::string hint) {
  throw Error(Code::TRAINING_PROFILE_INVALID, pointer + " is " + observed + "; expected " + expected,
              {{"pointer", pointer}, {"observed", observed}, {"expected", expected}}, std::move(hint));
}

void refuse_name(const std::string& pointer, const std::string& name, const std::vector<std::string>& known) {
  const auto nearest = near_miss(name, known);
  refuse(pointer, "\"" + name + "\"", "one of " + listed(known), nearest ? "Did you mean " + *nearest + "?" : "");
}

std::string escaped(std::string_view name) {
  std::string text;
  for (const char c : name) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return text;
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace mf::engine
