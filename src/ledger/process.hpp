#pragma once
// Who a process is, so that another one can tell whether it still lives.

#include <optional>
#include <string>
#include <string_view>

namespace mf::ledger {

/// This process: boot id, pid namespace, pid and start time, joined by `/`. Two processes never share it.
std::string this_process();

struct Process {
  std::string boot_id, pid_namespace, pid, start_time;
};

/// The parts of what this_process() gave in some process; nothing where it is anything else.
std::optional<Process> parse_process(std::string_view owner);

/// Whether `owner` is or was a process of this very host and pid namespace.
bool is_of_this_host(std::string_view owner);

/// Whether `owner` was a process of this very host and pid namespace and is gone. False when it cannot be known.
bool is_gone(std::string_view owner);

/// 32 random hex digits: a lease token.
std::string fresh_token();

}  // namespace mf::ledger
