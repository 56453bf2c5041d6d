#include "cli/stop_signals.hpp"

#include <csignal>

namespace mf::cli {
namespace {

factory::StopRequest stop_request;

void on_signal(int number) {
  int none = 0;
  if (stop_request.heeded && stop_request.signal.compare_exchange_strong(none, number)) return;
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void heed(int number) {
  if (std::signal(number, on_signal) == SIG_IGN) std::signal(number, SIG_IGN);
}

}  // namespace

factory::StopRequest& heed_stop_signals() {
  heed(SIGINT);
  heed(SIGTERM);
  return stop_request;
}

}  // namespace mf::cli
