#include "mf/ledger/index_text.hpp"

#include "mf/identity/digest.hpp"

namespace mf::ledger {
namespace {

std::string heading_of(std::string_view format, std::string_view body) {
  return std::string(format) + identity::sha256_hex(body);
}

}  // namespace

std::string index_text(std::string_view format, std::string_view body) {
  return heading_of(format, body).append("\n").append(body);
}

std::optional<std::string_view> index_body(std::string_view format, std::string_view text) {
  const auto heading = take(text, '\n');
  if (!heading || *heading != heading_of(format, text)) return {};
  return text;
}

std::optional<std::string_view> take(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return {};
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + 1);
  return taken;
}

}  // namespace mf::ledger
