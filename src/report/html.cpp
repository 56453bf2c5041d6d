#include "report/html.hpp"

#include "report/markup.hpp"
#include "report/style.hpp"

namespace mf::report {
namespace {

using std::string;

constexpr std::size_t kLong = 36;

string element(const string& name, const string& content) { return "<" + name + ">" + content + "</" + name + ">\n"; }

const char* class_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::none:
      return "none";
    case Outcome::pass:
      return "pass";
    case Outcome::fail:
      return "fail";
    case Outcome::inconclusive:
      return "inconclusive";
    case Outcome::warning:
      return "warning";
  }
  return "none";
}

/// A long name may break where its words end, so that no table is wider for it.
string breakable(const string& text) {
  string broken;
  for (const char byte : escaped(text)) {
    broken += byte;
    if (byte == '_' || byte == '/') broken += "<wbr>";
  }
  return broken;
}

string body_of(const Cell& cell) {
  // Only what no column is wide enough for, as a digest, breaks anywhere.
  if (cell.exact)
    return (cell.text.size() > kLong ? "<code class=\"long\">" : "<code>") + breakable(cell.text) + "</code>";
  if (cell.outcome == Outcome::none) return breakable(cell.text);
  return string("<span class=\"badge ") + class_of(cell.outcome) + "\">" + escaped(cell.text) + "</span>";
}

string content_of(const Cell& cell) {
  return body_of(cell) + (cell.note.empty() ? "" : "<br><small>" + escaped(cell.note) + "</small>");
}

string head_of(const Table& table) {
  string row;
  for (const auto& column : table.columns)
    row += string("<th scope=\"col\"") + (column.number ? " class=\"number\"" : "") + ">" + breakable(column.name) +
           "</th>";
  return "<thead><tr>" + row + "</tr></thead>\n";
}

string row_of(const Table& table, const std::vector<Cell>& cells) {
  string row = "<tr>";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const string kind = table.columns[i].number ? " class=\"number\"" : "";
    row += i == 0 ? "<th scope=\"row\"" + kind + ">" + content_of(cells[i]) + "</th>"
                  : "<td" + kind + ">" + content_of(cells[i]) + "</td>";
  }
  return row + "</tr>\n";
}

/// A wide table scrolls by itself; those who have no mouse reach it with the keyboard.
string as_html(const Table& table) {
  string html = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(table.caption) +
                "\"><table>\n<caption><span>" + escaped(table.caption) + "</span></caption>\n" + head_of(table) +
                "<tbody>\n";
  for (const auto& row : table.rows) html += row_of(table, row);
  return html + "</tbody></table></div>\n";
}

string folded(const string& summary, const Table& table) {
  return "<details><summary>" + escaped(summary) + "</summary>\n" + as_html(table) + "</details>\n";
}

class Writer {
 public:
  explicit Writer(Artist& artist) : artist_(artist) {}

  string operator()(const Paragraph& paragraph) const { return element("p", escaped(paragraph.text)); }

  string operator()(const List& list) const {
    string items;
    for (const auto& item : list.items) items += element("li", escaped(item));
    return element("ul", items);
  }

  string operator()(const Table& table) const { return as_html(table); }

  string operator()(const Facts& facts) const {
    string pairs;
    for (const auto& [name, value] : facts.facts)
      pairs += "<div><dt>" + escaped(name) + "</dt><dd>" + content_of(value) + "</dd></div>\n";
    return "<dl>\n" + pairs + "</dl>\n";
  }

  string operator()(const Folded& block) const { return folded(block.summary, block.table); }

  string operator()(const Figures& figures) const {
    string html = "<div class=\"figures\">\n";
    for (const auto& figure : figures.figures) html += as_html(figure);
    return html + "</div>\n";
  }

  string section(const Section& section, int level) const {
    const string heading = "h" + std::to_string(level);
    string html = "<section id=\"" + section.id + "\" aria-labelledby=\"" + section.id + "-heading\">\n<" + heading +
                  " id=\"" + section.id + "-heading\">" + escaped(section.heading) + "</" + heading + ">\n";
    for (const auto& block : section.blocks) html += std::visit(*this, block);
    for (const auto& inner : section.sections) html += this->section(inner, level + 1);
    return html + "</section>\n";
  }

 private:
  [[nodiscard]] string as_html(const Figure& figure) const {
    const auto drawing = artist_.draw(figure.chart, {figure.id, figure.title, figure.description});
    return "<figure id=\"" + figure.id + "\">\n" + drawing.value_or("") + "\n<figcaption><strong>" +
           escaped(figure.title) + ".</strong> " + escaped(figure.description) + "</figcaption>\n" +
           folded("The numbers of this chart", table_of(figure)) + "</figure>\n";
  }
  using Rows = Table;
  [[nodiscard]] static string as_html(const Rows& table) { return report::as_html(table); }

  Artist& artist_;
};

string head_of(const Page& page) {
  return "<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n" +
         element("title", escaped(page.title)) + element("style", kStyle);
}

string banner_of(const Page& page) {
  return string("<p class=\"verdict ") + class_of(page.outcome) + "\"><strong>" + escaped(page.verdict) +
         "</strong> <span>" + escaped(page.explanation) + "</span></p>\n";
}

string highlights_of(const Page& page) {
  string tiles;
  for (const auto& [name, value, note] : page.highlights)
    tiles += "<div><dt>" + escaped(name) + "</dt><dd>" + escaped(value) +
             (note.empty() ? "" : " <small>" + escaped(note) + "</small>") + "</dd></div>\n";
  return tiles.empty() ? "" : "<dl class=\"highlights\">\n" + tiles + "</dl>\n";
}

string contents_of(const Page& page) {
  string items;
  for (const auto& section : page.sections)
    items += "<li><a href=\"#" + section.id + "\">" + escaped(section.heading) + "</a></li>\n";
  return "<nav aria-label=\"Sections\"><ul>\n" + items + "</ul></nav>\n";
}

string notice_of(const Artist& artist) {
  if (artist.why_not().empty()) return "";
  return "<p class=\"notice\">The charts are not drawn: " + escaped(artist.why_not()) +
         ". Their numbers are in the tables below each of them.</p>\n";
}

}  // namespace

string html_of(const Page& page, Artist& artist) {
  const Writer writer(artist);
  string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n" + head_of(page) + "</head>\n<body>\n<header>\n" +
                element("h1", escaped(page.title)) + "<p class=\"subtitle\">" + escaped(page.subtitle) + "</p>\n" +
                banner_of(page) + highlights_of(page) + "</header>\n" + contents_of(page) + "<main>\n" +
                notice_of(artist);
  for (const auto& section : page.sections) html += writer.section(section, 2);
  return html + "</main>\n<footer>" + element("p", escaped(page.document)) + "</footer>\n</body>\n</html>\n";
}

}  // namespace mf::report
