#pragma once
// What a page says, before it is HTML or Markdown: sections of paragraphs, facts, tables and figures.

#include <string>
#include <variant>
#include <vector>

#include "report/chart.hpp"

namespace mf::report {

struct Paragraph {
  std::string text;
};

/// A matter of its own in few words; several of them in a row.
struct List {
  std::vector<std::string> items;
};

/// How something came out.
enum class Outcome { none, pass, fail, inconclusive, warning };

struct Cell {
  std::string text;
  bool exact = false;  ///< an id, a digest, a key: every character counts
  Outcome outcome = Outcome::none;
  std::string note{};                                  ///< said below it, smaller
  Cell(std::string words) : text(std::move(words)) {}  // NOLINT(google-explicit-constructor): most cells are texts
  Cell(const char* words) : text(words) {}             // NOLINT(google-explicit-constructor)
  Cell(std::string words, Outcome how) : text(std::move(words)), outcome(how) {}
  static Cell exactly(std::string words);
};

struct Column {
  std::string name;
  bool number = false;
};

struct Table {
  std::string caption;
  std::vector<Column> columns;          ///< the first one names the row
  std::vector<std::vector<Cell>> rows;  ///< a cell for each column
};

/// Names and what they stand for.
struct Facts {
  std::vector<std::pair<std::string, Cell>> facts;
};

/// What most readers pass over: folded in HTML.
struct Folded {
  std::string summary;
  Table table;
};

struct Figure {
  std::string id, title, description;
  Chart chart;
};

/// Side by side where there is room.
struct Figures {
  std::vector<Figure> figures;
};

using Block = std::variant<Paragraph, List, Table, Facts, Folded, Figures>;

struct Section {
  std::string id, heading;
  std::vector<Block> blocks{};
  std::vector<Section> sections{};
};

/// A figure that is seen first.
struct Highlight {
  std::string name, value, note;
};

struct Page {
  std::string title;
  std::string subtitle;
  Outcome outcome = Outcome::none;
  std::string verdict;      ///< one word
  std::string explanation;  ///< why, in a sentence
  std::vector<Highlight> highlights;
  std::string document;  ///< what the page was made from, for the last line
  std::vector<Section> sections;
};

/// The points of a chart as a table.
Table table_of(const Figure& figure);

}  // namespace mf::report
