#pragma once
// Who a process is, so that another one can tell whether it still lives.

#include <string>
#include <string_view>

namespace mf::ledger {

/// This process: boot id, pid namespace, pid and start time, joined by `/`. Two processes never share it.
std::string this_process();

/// Whether `owner` was a process of this very host and pid namespace and is gone. False when it cannot be known.
bool is_gone(std::string_view owner);

/// 32 random hex digits: a lease token.
std::string fresh_token();

}  // namespace mf::ledger
