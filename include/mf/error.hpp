#pragma once
// The one kind of failure of Model Factory, and the one table of its codes.
//
// Room: the doorstep, open to every room.  Expected outcomes (created or identical, PASS or FAIL) are return values;
// an Error ends the work.  It is thrown where the fault is noticed and caught once, in src/cli/cli.cpp.

#include <cstdint>
#include <exception>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mf {

/// One enumerator for each row of error_codes.def; the name is the wire name.
enum class Code : std::uint8_t {
#define MF_CODE(name, category, klass, exit, sentence, hint) name,
#include "mf/error_codes.def"
#undef MF_CODE
};

/// A row of the code table: everything that is known of a code before it is raised.
struct CodeRow {
  Code code;
  std::string_view name;      ///< the wire name, such as REQUEST_INVALID
  std::string_view category;  ///< the family, such as INPUT_ADMISSION
  std::string_view klass;     ///< HARD, or TRANSIENT: the same command may succeed later
  int exit_status;            ///< of the process; 75 is the only status worth retrying
  std::string_view sentence;  ///< what the code means
  std::string_view hint;      ///< the usual fix

  [[nodiscard]] bool transient() const { return klass == "TRANSIENT"; }
};

/// All rows, in the order of the table.
std::span<const CodeRow> code_table();

/// The row of `code`.
const CodeRow& row_of(Code code);

/// The row with the wire name `name` (exact, upper case), or nothing.
const CodeRow* find_code(std::string_view name);

/// A failure with a code from the table. `message` says what was wrong in this case, in one line; `context` holds its
/// particulars by name (document, pointer, ref, expected, observed, ...); `hint` is the fix, the table's unless given.
/// None of them holds a secret: whatever was given goes through redacted (mf/redaction.hpp).
class Error : public std::exception {
 public:
  using Context = std::map<std::string, std::string>;

  Error(Code code, std::string message, Context context = {}, std::string hint = {});

  [[nodiscard]] Code code() const { return code_; }
  [[nodiscard]] const CodeRow& row() const { return row_of(code_); }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] const std::string& hint() const { return hint_; }
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

  /// Adds a particular while the error passes by; one that is there already stands.
  Error& with(const std::string& name, const std::string& value);

 private:
  Code code_;
  std::string message_;
  Context context_;
  std::string hint_;
};

/// The candidate nearest to a mistyped `word`, if one is near enough to suggest (a third of its letters, at most 3
/// edits).
std::optional<std::string> near_miss(std::string_view word, std::span<const std::string> candidates);

}  // namespace mf
