#include "contracts/yaml_scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <regex>
#include <string_view>

#include "mf/error.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

bool is_any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw Error(Code::DOCUMENT_INVALID, "`" + text.substr(0, 64) + "` " + why, {},
              "Put the scalar in quotes if it is a text, or write the number plainly.");
}

bool is_ambiguous_word(const std::string& text) {
  return is_any_of(text, {"yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "=", "<<"});
}

/// Texts that one version of YAML reads as a number or a date, and the other as a text or another number.
bool is_ambiguous_number(const std::string& text) {
  static const std::regex kAmbiguous(
      "[-+]?0[0-9_]+"                                              // 0777: octal or decimal
      "|[-+]?0[oOxXbB][0-9a-fA-F_]+"                               // 0o17, 0x1F, 0b1
      "|[-+]?[0-9][0-9_]*_[0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?"  // 1_000
      "|[-+]?[0-9][0-9_]*\\.[0-9]*_[0-9_]*([eE][-+]?[0-9]+)?"      // 1.0_0
      "|[-+]?[0-9]+(:[0-5]?[0-9])+(\\.[0-9_]*)?"                   // 12:30: base 60
      "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?"                // a date
      "|[-+]?[0-9]+[eE][-+]?[0-9]+"                                // 1e3: text or number
      "|[-+]?([0-9]+\\.[0-9]*|\\.[0-9]+)[eE][0-9]+"                // 1.0e3: exponent without a sign
      "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  return text.size() < 128 && std::regex_match(text, kAmbiguous);
}

bool is_integer(const std::string& text) {
  static const std::regex kInteger("[-+]?(0|[1-9][0-9]{0,99})");
  return text.size() < 128 && std::regex_match(text, kInteger);
}

bool is_real(const std::string& text) {
  static const std::regex kReal("[-+]?([0-9]{1,400}\\.[0-9]{0,400}|\\.[0-9]{1,400})([eE][-+][0-9]+)?");
  return text.size() < 512 && std::regex_match(text, kReal);
}

/// Numbers that the patterns above are too short for; they are no texts all the same.
bool is_endless_number(const std::string& text) {
  return text.size() > 100 && text.find_first_not_of("0123456789+-._eE:") == std::string::npos &&
         text.find_first_of("0123456789") != std::string::npos;
}

json read_integer(const std::string& text) {
  std::int64_t value = 0;
  const char* first = text.data() + (text.front() == '+' ? 1 : 0);
  const auto read = std::from_chars(first, text.data() + text.size(), value);
  if (read.ec != std::errc{}) refuse(text, "is an integer that does not fit 64 bits");
  return value;
}

json read_real(const std::string& text) {
  double value = 0;
  const char* first = text.data() + (text.front() == '+' ? 1 : 0);
  const auto read = std::from_chars(first, text.data() + text.size(), value);
  if (read.ec != std::errc{} || !std::isfinite(value)) refuse(text, "is a number that does not fit a double");
  return value;
}

}  // namespace

json plain_scalar(const std::string& text) {
  if (is_any_of(text, {"", "~", "null", "Null", "NULL"})) return nullptr;
  if (is_any_of(text, {"true", "True", "TRUE"})) return true;
  if (is_any_of(text, {"false", "False", "FALSE"})) return false;
  if (is_ambiguous_word(text)) refuse(text, "means different things in YAML 1.1 and 1.2");
  const char front = text.front();
  const bool may_be_number = (front >= '0' && front <= '9') || front == '-' || front == '+' || front == '.';
  if (!may_be_number) return text;
  if (is_integer(text)) return read_integer(text);
  if (is_ambiguous_number(text)) refuse(text, "means different things in YAML 1.1 and 1.2");
  if (is_real(text)) return read_real(text);
  if (is_endless_number(text)) refuse(text, "is a number with too many digits");
  return text;
}

}  // namespace mf::contracts
