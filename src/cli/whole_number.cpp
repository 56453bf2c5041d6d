#include "cli/whole_number.hpp"

#include <string>

namespace mf::cli {
namespace {

/// So many digits fit every integer that an option fills; CLI11 itself would cut a longer number to the largest one.
constexpr std::size_t kMostDigits = 18;

std::string fault_of(const std::string& text) {
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  const bool plain = digits && (text.size() == 1 || text[0] != '0');
  if (!plain) return "'" + text + "' is no whole number, such as 0 or 90";
  return text.size() <= kMostDigits ? "" : "'" + text + "' is too large a number";
}

}  // namespace

CLI::Validator whole_number() {
  return {[](const std::string& text) { return fault_of(text); }, "", "whole number"};
}

}  // namespace mf::cli
