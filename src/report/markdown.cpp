#include "report/markdown.hpp"

#include "report/markup.hpp"

namespace mf::report {
namespace {

using std::string;

string content_of(const Cell& cell) {
  if (cell.text.empty()) return "";
  if (!cell.note.empty()) return escaped_for_markdown(cell.text + " (" + cell.note + ")");
  // Between backticks nothing is marked up but the backtick itself, and in a table the bar.
  if (cell.exact && cell.text.find_first_of("`|\n\r") == string::npos) return "`" + cell.text + "`";
  const string text = escaped_for_markdown(cell.text);
  return cell.outcome == Outcome::none ? text : "**" + text + "**";
}

string row_of(const std::vector<string>& cells) {
  string row = "|";
  for (const auto& cell : cells) row += " " + cell + " |";
  return row + "\n";
}

string as_markdown(const Table& table) {
  std::vector<string> names, rules;
  for (const auto& column : table.columns) {
    names.push_back(escaped_for_markdown(column.name));
    rules.emplace_back(column.number ? "---:" : "---");
  }
  string text = row_of(names) + row_of(rules);
  for (const auto& row : table.rows) {
    std::vector<string> cells;
    for (const auto& cell : row) cells.push_back(content_of(cell));
    text += row_of(cells);
  }
  return "**" + escaped_for_markdown(table.caption) + "**\n\n" + text + "\n";
}

struct Writer {
  string operator()(const Paragraph& paragraph) const { return escaped_for_markdown(paragraph.text) + "\n\n"; }

  string operator()(const List& list) const {
    string text;
    for (const auto& item : list.items) text += "- " + escaped_for_markdown(item) + "\n";
    return text + "\n";
  }

  string operator()(const Table& table) const { return as_markdown(table); }

  string operator()(const Facts& facts) const {
    string text;
    for (const auto& [name, value] : facts.facts)
      text += "- " + escaped_for_markdown(name) + ": " + content_of(value) + "\n";
    return text + "\n";
  }

  string operator()(const Folded& block) const { return as_markdown(block.table); }

  string operator()(const Figures& figures) const {
    string text;
    for (const auto& figure : figures.figures)
      text += escaped_for_markdown(figure.description) + "\n\n" + as_markdown(table_of(figure));
    return text;
  }

  [[nodiscard]] string section(const Section& section, std::size_t level) const {
    string text = string(level, '#') + " " + escaped_for_markdown(section.heading) + "\n\n";
    for (const auto& block : section.blocks) text += std::visit(*this, block);
    for (const auto& inner : section.sections) text += this->section(inner, level + 1);
    return text;
  }
};

}  // namespace

string markdown_of(const Page& page) {
  string text = "# " + escaped_for_markdown(page.title) + "\n\n" + escaped_for_markdown(page.subtitle) + "\n\n**" +
                escaped_for_markdown(page.verdict) + "** " + escaped_for_markdown(page.explanation) + "\n\n";
  for (const auto& [name, value, note] : page.highlights)
    text += "- " + escaped_for_markdown(name + ": " + value + (note.empty() ? "" : " " + note)) + "\n";
  if (!page.highlights.empty()) text += "\n";
  for (const auto& section : page.sections) text += Writer{}.section(section, 2);
  return text + "---\n\n" + escaped_for_markdown(page.document) + "\n";
}

}  // namespace mf::report
