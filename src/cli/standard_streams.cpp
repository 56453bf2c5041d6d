#include "cli/standard_streams.hpp"

#include <csignal>
#include <cstdio>

#include "mf/redaction.hpp"

namespace mf::cli {
namespace {

constexpr int kStandardStreams = 3;

/// Fills the free numbers below 3 with a file that takes no writes.
void occupy_closed_streams() {
  for (;;) {
    std::FILE* placeholder = std::fopen("/dev/null", "r");
    if (placeholder == nullptr) return;
    if (fileno(placeholder) < kStandardStreams) continue;  // it stays open as long as the process
    std::fclose(placeholder);
    return;
  }
}

}  // namespace

void guard_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  occupy_closed_streams();
}

bool write_result(const std::string& result) {
  if (result.empty()) return true;
  const std::string text = redacted(result);
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

void write_notice(const std::string& notice) {
  const std::string text = redacted(notice);
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace mf::cli
