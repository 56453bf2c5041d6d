#include "cli/plain_text.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "mf/identity/characters.hpp"

namespace mf::cli {
namespace {

constexpr std::size_t kMostCharacters = 1000;
constexpr std::size_t kMostOfAnId = 120;

/// How many characters of UTF-8 `text` has; nothing when it is no UTF-8.
std::optional<std::size_t> characters_in(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    const std::size_t length = identity::character_length(text);
    if (length == 0) return {};
    text.remove_prefix(length);
  }
  return count;
}

std::string fault_of(const std::string& text, std::size_t most) {
  const auto characters = characters_in(text);
  if (!characters) return "the text is not UTF-8";
  if (text.find_first_not_of(' ') == std::string::npos) return "the text is blank";
  if (const auto hidden = identity::hidden_character(text)) return "the text has the hidden character " + *hidden;
  return *characters <= most ? "" : "the text is longer than " + std::to_string(most) + " characters";
}

std::string fault_of_principal(const std::string& text) {
  for (const std::string_view kind : {"SYSTEM::", "HUMAN::"})
    if (text.starts_with(kind) && text.find(' ') == std::string::npos)
      return fault_of(text.substr(kind.size()), kMostOfAnId);
  return "'" + text + "' is no principal, such as HUMAN::ana or SYSTEM::scheduler";
}

}  // namespace

CLI::Validator plain_text() {
  return {[](const std::string& text) { return fault_of(text, kMostCharacters); }, "", "plain text"};
}

CLI::Validator principal() {
  return {[](const std::string& text) { return fault_of_principal(text); }, "", "principal"};
}

}  // namespace mf::cli
