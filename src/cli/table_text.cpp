#include "cli/table_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "mf/observability/printable.hpp"

namespace mf::cli {
namespace {

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

/// The cells of a table, row by row, in one text: a list of runs may be long.
class Cells {
 public:
  explicit Cells(const factory::Table& table) : widths_(table.columns.size()) {
    for (const auto& name : table.columns) add(heading_of(name));
    for (const auto& row : table.rows)
      for (const auto& cell : row) add(std::visit([](const auto& value) { return in_words(value); }, cell));
  }

  [[nodiscard]] std::string aligned() const {
    std::string text;
    std::size_t from = 0;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      const std::size_t column = i % widths_.size();
      const bool last = column + 1 == widths_.size();
      text.append(text_, from, ends_[i] - from);
      text.append(last ? 0 : widths_[column] - (ends_[i] - from) + kBetween, ' ').append(last ? "\n" : "");
      from = ends_[i];
    }
    return text;
  }

 private:
  void add(const std::string& cell) {
    std::size_t& width = widths_[ends_.size() % widths_.size()];
    width = std::max(width, cell.size());
    text_ += cell;
    ends_.push_back(text_.size());
  }

  std::string text_;
  std::vector<std::size_t> ends_;
  std::vector<std::size_t> widths_;
};

}  // namespace

std::string table_text(const factory::Table& table) { return Cells(table).aligned(); }

}  // namespace mf::cli
