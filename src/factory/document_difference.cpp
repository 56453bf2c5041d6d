#include "factory/document_difference.hpp"

#include <nlohmann/json.hpp>

namespace mf::factory {
namespace {

using nlohmann::json;

constexpr std::size_t kLongest = 80;  ///< bytes of a value that is told

std::string told(const json& document, const json::json_pointer& place) {
  if (!document.contains(place)) return "absent";
  const std::string text = document.at(place).dump(-1, ' ', true, json::error_handler_t::replace);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "...";
}

}  // namespace

std::optional<DocumentDifference> first_difference(const std::string& was, const std::string& is) {
  const json before = json::parse(was);
  const json after = json::parse(is);
  const json changes = json::diff(before, after);
  if (changes.empty()) return {};
  const json::json_pointer place(changes[0].at("path").get<std::string>());
  return DocumentDifference{place.to_string(), told(before, place), told(after, place)};
}

}  // namespace mf::factory
