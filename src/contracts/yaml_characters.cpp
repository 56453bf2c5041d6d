#include "contracts/yaml_characters.hpp"

#include <algorithm>

#include "mf/error.hpp"
#include "mf/identity/characters.hpp"

namespace mf::contracts {
namespace {

/// What may stand raw in a YAML text; yaml-cpp itself lets everything through.
bool may_stand(std::string_view character, std::string_view rest) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character == "\r") return rest.starts_with("\r\n");
  if (character.size() == 1) return first == '\t' || first == '\n' || (first >= 0x20 && first != 0x7F);
  if (first == 0xC2) return static_cast<unsigned char>(character[1]) >= 0xA0;
  constexpr std::string_view kOthers[] = {"\u2028", "\u2029", "\uFFFE", "\uFFFF"};
  return std::find(std::begin(kOthers), std::end(kOthers), character) == std::end(kOthers);
}

[[noreturn]] void refuse(std::size_t line, std::size_t column, const std::string& where) {
  const std::string place = "line " + std::to_string(line) + ", column " + std::to_string(column);
  throw Error(Code::DOCUMENT_INVALID, where + ": " + place + ": a control character or an unusual line end",
              {{"document", where}, {"place", place}},
              "End lines with LF or CRLF, and write the character as an escape in double quotes, such as \"\\u0085\".");
}

}  // namespace

void require_yaml_characters(std::string_view bytes, const std::string& where) {
  std::size_t line = 1;
  std::size_t column = 1;
  while (!bytes.empty()) {
    const auto character = bytes.substr(0, std::max<std::size_t>(1, identity::character_length(bytes)));
    if (!may_stand(character, bytes)) refuse(line, column, where);
    const bool ends_line = character == "\n";
    line += ends_line ? 1 : 0;
    column = ends_line ? 1 : column + 1;
    bytes.remove_prefix(character.size());
  }
}

}  // namespace mf::contracts
