#pragma once
// What a verification has looked at so far, and what it found.

#include <cstdint>
#include <functional>
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

/// Makes checks one after another; none of them ends the work. `journal` must outlive it.
class Verification {
 public:
  explicit Verification(observability::Journal& journal) : journal_(journal) {}

  /// Reads a file and checks it: `look` returns how many bytes it read, and throws what is wrong with them.
  void check_file(const std::string& name, const std::string& ref, const std::function<std::uint64_t()>& look);

  /// Checks what a document, read before, says of others: `look` throws what does not agree.
  void check(const std::string& name, const std::string& ref, const std::function<void()>& look);

  [[nodiscard]] const std::vector<Difference>& differences() const { return differences_; }

  /// The first thing that could not be read, so that nothing is known of it.
  [[nodiscard]] const std::optional<Error>& unread() const { return unread_; }

  [[nodiscard]] std::int64_t checks() const { return checks_; }
  [[nodiscard]] std::int64_t files() const { return files_; }
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }

 private:
  void take(const std::string& name, const std::string& ref, const Error& error);

  observability::Journal& journal_;
  std::vector<Difference> differences_;
  std::optional<Error> unread_;
  std::int64_t checks_ = 0, files_ = 0, bytes_ = 0;
};

}  // namespace mf::factory
