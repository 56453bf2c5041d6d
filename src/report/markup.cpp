#include "report/markup.hpp"

namespace mf::report {
namespace {

bool is_control(char byte) { return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f'; }

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char byte : text) {
    switch (byte) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += is_control(byte) ? ' ' : byte;
    }
  }
  return safe;
}

std::string escaped_for_markdown(std::string_view text) {
  constexpr std::string_view kMarks = "\\`*_{}[]<>#|~&!";
  std::string safe;
  for (const char byte : text) {
    if (kMarks.find(byte) != std::string_view::npos) safe += '\\';
    safe += is_control(byte) ? ' ' : byte;
  }
  return safe;
}

}  // namespace mf::report
