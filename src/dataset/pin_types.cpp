#include "dataset/pin_types.hpp"

#include <algorithm>

#include "dataset/field_text.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

/// A column in question, and how to refuse it.
struct Case {
  const ChosenColumn& column;
  const ColumnFacts& facts;
  const std::string& file_name;

  [[noreturn]] void refuse(std::size_t line, const std::string& what, const std::string& hint) const {
    const std::string name = printable(column.name, 64);
    throw Error(Code::DATA_INVALID, file_name + ", line " + std::to_string(line) + ", column '" + name + "': " + what,
                {{"file", file_name}, {"line", std::to_string(line)}, {"column", name}}, hint);
  }

  void require(Kind kind, const std::string& expected, const std::string& hint) const {
    const auto& misfit = facts.misfit(kind);
    if (misfit.line != 0) refuse(misfit.line, "expected " + expected + ", found " + misfit.shape, hint);
  }

  void require_no_gap(const std::string& expected) const {
    if (facts.first_empty() == 0) return;
    refuse(facts.first_empty(), "expected " + expected + ", found an empty field",
           "Fill the field, or leave the row out.");
  }
};

ColumnType label_type(const Case& of) {
  if (of.facts.fits(Kind::label)) return ColumnType::boolean;
  if (of.facts.fits(Kind::label_number)) return ColumnType::float32;
  // The later of the two is the field that fits with none of those before it.
  const auto& truth = of.facts.misfit(Kind::label);
  const auto& number = of.facts.misfit(Kind::label_number);
  const auto& last = truth.line > number.line ? truth : number;
  of.refuse(
      last.line, "expected a label (0, 1, true or false, or empty when not known yet), found " + last.shape,
      "Write 1 or true for fraud, 0 or false for legitimate, and leave the field empty when it is not known yet.");
}

ColumnType checked_time_type(const Case& of, ColumnType time_type) {
  const bool whole = time_type == ColumnType::timestamp && of.facts.has_values() && of.facts.fits(Kind::whole);
  of.require(Kind::instant, "a " + std::string(description_of(time_type)),
             whole ? "If these are seconds or milliseconds since 1970, say so: --time-type epoch_s or epoch_ms."
                   : "Write every time as the time type says; 2026-02-10T00:00:00Z is a timestamp.");
  if (of.column.is(Role::event_time) || of.column.is(Role::feature_time)) of.require_no_gap("a time in every row");
  return time_type;
}

ColumnType name_type(const Case& of) {
  of.require(Kind::text, "UTF-8 text", "Save the file as UTF-8.");
  if (of.column.is(Role::subject_key)) of.require_no_gap("a key in every row");
  return ColumnType::string;
}

/// What a number must be for the column's roles, beyond being one.
void require_number(const Case& of) {
  const bool quantity = of.column.is(Role::amount) || of.column.is(Role::weight);
  if (!quantity && of.facts.has_values() && of.facts.fits(Kind::truth)) return;
  of.require(
      Kind::number, quantity ? "a number" : "a number, or true or false throughout, in a feature column",
      "Leave missing values empty; choose the column as a category or a slice, or not at all, if it holds text.");
  if (quantity) of.require_no_gap("a number in every row");
}

void require_sliceable(const Case& of, ColumnType type) {
  if (!of.column.is(Role::slice) || type == ColumnType::int64 || type == ColumnType::boolean) return;
  of.refuse(of.facts.misfit(Kind::whole).line, "expected a whole number, as the column is a slice and a feature",
            "Choose a column with decimals for one of the two only.");
}

ColumnType quantity_type(const Case& of) {
  require_number(of);
  const ColumnType type = number_type(of.facts).value_or(ColumnType::float32);
  require_sliceable(of, type);
  return of.column.is(Role::amount) && type == ColumnType::float32 ? ColumnType::float64 : type;
}

}  // namespace

std::optional<ColumnType> number_type(const ColumnFacts& facts) {
  if (!facts.has_values()) return {};
  if (facts.fits(Kind::truth)) return ColumnType::boolean;
  if (facts.fits(Kind::whole)) return ColumnType::int64;
  if (facts.fits(Kind::number)) return ColumnType::float32;
  return {};
}

ColumnType type_for_roles(const ChosenColumn& column, const ColumnFacts& facts, ColumnType time_type,
                          const std::string& file_name) {
  const Case of{column, facts, file_name};
  if (column.is(Role::label)) return label_type(of);
  if (all_roles_in(column, kTimeRoles)) return checked_time_type(of, time_type);
  if (all_roles_in(column, kNameRoles)) return name_type(of);
  return quantity_type(of);
}

}  // namespace mf::dataset
