#include <string_view>

#include "mf/error.hpp"
#include "mf/factory/stories.hpp"
#include "mf/identity/characters.hpp"

namespace mf::factory {
namespace {

constexpr std::size_t kMostOfAReason = 1000;
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

/// What is wrong with words that are recorded as they stand; empty when nothing is.
std::string fault_of(std::string_view text, std::size_t most) {
  const auto characters = characters_in(text);
  if (!characters) return "is not UTF-8";
  if (text.find_first_not_of(' ') == std::string_view::npos) return "is blank";
  if (const auto hidden = identity::hidden_character(text)) return "has the hidden character " + *hidden;
  return *characters <= most ? "" : "is longer than " + std::to_string(most) + " characters";
}

std::string fault_of_principal(std::string_view text) {
  for (const std::string_view kind : {"SYSTEM::", "HUMAN::"})
    if (text.starts_with(kind) && text.find(' ') == std::string_view::npos)
      return fault_of(text.substr(kind.size()), kMostOfAnId);
  return "is neither SYSTEM::<service> nor HUMAN::<id>";
}

void refuse_if(const std::string& fault, const std::string& what) {
  if (!fault.empty())
    throw Error(Code::USAGE, what + " " + fault, {},
                "Write `mf cancel RUN --reason 'why, in a sentence' --principal HUMAN::ana`.");
}

}  // namespace

void require_sound(const CancelOrder& order) {
  refuse_if(fault_of(order.reason, kMostOfAReason), "the reason");
  refuse_if(fault_of_principal(order.principal), "the principal");
}

}  // namespace mf::factory
