#pragma once
// What people are told while a command works: lines and progress on stderr.
//
// Room: observability (the only room that touches spdlog).  stdout belongs to results; nothing here writes to it.
// Telling never changes an outcome: a line that cannot be written is lost.

#include <cstddef>
#include <map>
#include <memory>
#include <string>

namespace mf::observability {

/// How much is told, and how.
struct JournalSettings {
  enum class Format { text, json };
  Format format = Format::text;
  bool quiet = false;    ///< only warnings; no progress
  bool verbose = false;  ///< details as well, and the fields of every line
  bool live = false;     ///< progress is one line that changes, for a terminal; never with json
  bool colour = false;   ///< of the word "warning"
};

/// Tells what happens. Safe to use from several threads.
class Journal {
 public:
  using Fields = std::map<std::string, std::string>;

  virtual ~Journal() = default;

  /// What is being done, or has been found: one line.
  virtual void say(const std::string& message, const Fields& fields = {}) = 0;
  /// More than most readers want: shown with -v.
  virtual void detail(const std::string& message, const Fields& fields = {}) = 0;
  virtual void warn(const std::string& message, const Fields& fields = {}) = 0;

  /// How far a long step is: `done` of `total`, with a remark such as the metric. On a terminal the line changes in
  /// place; otherwise a line is written about every ten seconds.
  virtual void progress(const std::string& step, std::size_t done, std::size_t total,
                        const std::string& remark = {}) = 0;
};

/// A journal on stderr. Text is for people: lines without level or time, "warning: " before warnings. Json is one
/// object a line: ts, level (debug, info, warning), message and fields. Control characters are escaped in both.
std::unique_ptr<Journal> open_journal(const JournalSettings& settings);

/// Whether stderr is a terminal, so that a line on it can change.
bool stderr_is_terminal();

/// A journal that tells nobody.
std::unique_ptr<Journal> open_silence();

}  // namespace mf::observability
