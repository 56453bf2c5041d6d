#include "mf/observability/journal.hpp"

#include <spdlog/details/os.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>

#include "mf/observability/printable.hpp"
#include "mf/redaction.hpp"
#include "mf/time.hpp"
#include "observability/progress_pace.hpp"

namespace mf::observability {
namespace {

using namespace std::chrono_literals;
using Fields = Journal::Fields;

constexpr auto kBetweenLines = 10s;
constexpr auto kBetweenRedraws = 100ms;
constexpr const char* kClearLine = "\r\x1b[K";

/// Writes to stderr, just the text it is given.
spdlog::logger stderr_writer() {
  spdlog::logger writer("mf", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  writer.set_level(spdlog::level::trace);
  writer.set_formatter(
      std::make_unique<spdlog::pattern_formatter>("%v", spdlog::pattern_time_type::utc, std::string()));
  writer.set_error_handler([](const std::string&) {});
  return writer;
}

std::string json_line(const char* level, const std::string& message, const Fields& fields) {
  const nlohmann::ordered_json line{
      {"ts", to_string(SystemClock().now())}, {"level", level}, {"message", message}, {"fields", fields}};
  return printable_json(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) + "\n";
}

std::string text_of(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) text += (text.empty() ? " (" : ", ") + name + " " + value;
  return text.empty() ? text : printable(text + ")");
}

class StderrJournal : public Journal {
 public:
  explicit StderrJournal(const JournalSettings& settings)
      : settings_(settings), writer_(stderr_writer()), pace_(is_live() ? kBetweenRedraws : kBetweenLines) {}

  ~StderrJournal() override { clear_live_line(); }
  StderrJournal(const StderrJournal&) = delete;
  StderrJournal& operator=(const StderrJournal&) = delete;

  void say(const std::string& message, const Fields& fields) override {
    if (!settings_.quiet) tell("info", "", message, fields);
  }

  void detail(const std::string& message, const Fields& fields) override {
    if (settings_.verbose && !settings_.quiet) tell("debug", "", message, fields);
  }

  void warn(const std::string& message, const Fields& fields) override {
    tell("warning", settings_.colour ? "\x1b[33mwarning:\x1b[0m " : "warning: ", message, fields);
  }

  void progress(const std::string& step, std::size_t done, std::size_t total, const std::string& remark) override {
    if (settings_.quiet) return;
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    const bool due = pace_.is_due(step, now);
    if (is_live() && done >= total) return clear_live_line();
    if (!due) return;
    const auto line = progress_line(step, done, total, remark, pace_.seconds_left(done, total, now));
    if (is_live()) return redraw(line);
    write("info", "", line, {{"done", std::to_string(done)}, {"total", std::to_string(total)}});
  }

 private:
  [[nodiscard]] bool is_json() const { return settings_.format == JournalSettings::Format::json; }
  [[nodiscard]] bool is_live() const { return settings_.live && !is_json(); }

  void tell(const char* level, const char* prefix, const std::string& message, const Fields& fields) {
    const std::lock_guard lock(mutex_);
    clear_live_line();
    write(level, prefix, message, fields);
  }

  void write(const char* level, const char* prefix, const std::string& message, const Fields& fields) {
    const std::string particulars = settings_.verbose ? text_of(fields) : "";
    put(is_json() ? json_line(level, message, fields) : prefix + printable(message) + particulars + "\n");
  }

  void redraw(const std::string& line) {
    put(kClearLine + printable(line));
    line_is_live_ = true;
  }

  void clear_live_line() {
    if (line_is_live_) put(kClearLine);
    line_is_live_ = false;
  }

  void put(const std::string& text) { writer_.log(spdlog::level::info, spdlog::string_view_t(redacted(text))); }

  JournalSettings settings_;
  spdlog::logger writer_;
  std::mutex mutex_;
  ProgressPace pace_;
  bool line_is_live_ = false;
};

class Silence : public Journal {
 public:
  void say(const std::string&, const Fields&) override {}
  void detail(const std::string&, const Fields&) override {}
  void warn(const std::string&, const Fields&) override {}
  void progress(const std::string&, std::size_t, std::size_t, const std::string&) override {}
};

}  // namespace

std::unique_ptr<Journal> open_journal(const JournalSettings& settings) {
  return std::make_unique<StderrJournal>(settings);
}

bool stderr_is_terminal() { return spdlog::details::os::in_terminal(stderr); }

std::unique_ptr<Journal> open_silence() { return std::make_unique<Silence>(); }

}  // namespace mf::observability
