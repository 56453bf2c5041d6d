#include "cli/table_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "mf/observability/printable.hpp"

namespace mf::cli {
namespace {

using Cells = std::vector<std::string>;

constexpr std::size_t kBetween = 2;

std::string in_words(const std::string& text) { return text.empty() ? "-" : observability::printable(text); }
std::string in_words(bool value) { return value ? "true" : "false"; }
std::string in_words(std::int64_t number) { return std::to_string(number); }
std::string in_words(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", number);
  return text.data();
}
std::string in_words(const std::vector<std::string>& items) {
  if (items.size() < 2) return in_words(items.empty() ? "" : items.front());
  return in_words(items.front()) + " +" + std::to_string(items.size() - 1);
}

std::string heading_of(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char letter) { return letter == '_' ? ' ' : static_cast<char>(std::toupper(letter)); });
  return name;
}

std::vector<Cells> cells_of(const factory::Table& table) {
  std::vector<Cells> lines(1);
  for (const auto& name : table.columns) lines[0].push_back(heading_of(name));
  for (const auto& row : table.rows) {
    auto& line = lines.emplace_back();
    for (const auto& cell : row) line.push_back(std::visit([](const auto& value) { return in_words(value); }, cell));
  }
  return lines;
}

std::vector<std::size_t> widths_of(const std::vector<Cells>& lines) {
  std::vector<std::size_t> widths(lines[0].size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  return widths;
}

}  // namespace

std::string table_text(const factory::Table& table) {
  const auto lines = cells_of(table);
  const auto widths = widths_of(lines);
  std::string text;
  for (const auto& line : lines) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
      text.append(line[i]).append(widths[i] - line[i].size() + kBetween, ' ');
    text.append(line.back()).push_back('\n');
  }
  return text;
}

}  // namespace mf::cli
