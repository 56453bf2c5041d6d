#pragma once
// What a verification has looked at so far, and what it found.

#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "mf/error.hpp"
#include "mf/observability/journal.hpp"

namespace mf::factory {

/// Something that is not as it was recorded.
struct Difference {
  std::string check;  ///< which check found it, such as eval_report
  Error error;
};

/// The digest that a file has to have, and what it is over.
struct ExpectedDigest {
  std::string sha256;
  bool of_content = false;  ///< of what a document says, however it is spelled; else of the bytes
};

/// A check that was made, and how it ended.
struct Check {
  std::string name, ref;
  bool of_file = false;                    ///< something was read; else documents were held against one another
  std::optional<ExpectedDigest> expected;  ///< of the file, where something gives one
  std::optional<Error> error;              ///< none: all is as it was recorded
};

/// Makes checks one after another; none of them ends the work. `journal` must outlive it.
class Verification {
 public:
  explicit Verification(observability::Journal& journal) : journal_(journal) {}

  /// Reads a file and checks it: `look` returns how many bytes it read, and throws what is wrong with them.
  void check_file(const std::string& name, const std::string& ref, const std::function<std::uint64_t()>& look);

  /// The same of a file whose digest is known: `look` holds it against `expected`.
  void check_file(const std::string& name, const std::string& ref, ExpectedDigest expected,
                  const std::function<std::uint64_t()>& look);

  /// Checks what a document, read before, says of others: `look` throws what does not agree.
  void check(const std::string& name, const std::string& ref, const std::function<void()>& look);

  [[nodiscard]] const std::vector<Difference>& differences() const { return differences_; }

  /// The first thing that could not be read, so that nothing is known of it.
  [[nodiscard]] const std::optional<Error>& unread() const { return unread_; }

  /// All that was checked, in the order in which it was.
  [[nodiscard]] const std::vector<Check>& made() const { return made_; }

  [[nodiscard]] std::int64_t checks() const { return std::ssize(made_); }
  [[nodiscard]] std::int64_t files() const { return files_; }
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }

 private:
  void make(Check check, const std::function<void()>& look);
  void read(const Check& check, const std::function<std::uint64_t()>& look);
  void take(Check& check, const Error& error);

  observability::Journal& journal_;
  std::vector<Check> made_;
  std::vector<Difference> differences_;
  std::optional<Error> unread_;
  std::int64_t files_ = 0, bytes_ = 0;
};

}  // namespace mf::factory
