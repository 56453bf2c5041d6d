#include "mf/ledger/holder.hpp"

#include "ledger/process.hpp"

namespace mf::ledger {
namespace {

constexpr std::size_t kShownOfBootId = 8;

}  // namespace

std::optional<Holder> holder_of(const RunState& state, UtcTime now) {
  if (!state.lease) return {};
  const std::string& owner = state.lease->owner;
  Holder holder;
  if (const auto process = parse_process(owner)) {
    holder.pid = process->pid;
    holder.boot_id = process->boot_id;
    holder.here = is_of_this_host(owner);
  }
  holder.since_utc = state.lease->since_utc;
  holder.until = state.lease->expires;
  holder.gone = is_gone(owner);
  holder.expired = holder.until <= now;
  return holder;
}

std::string in_words(const Holder& holder) {
  if (holder.pid.empty()) return "an unknown process";
  const std::string process = "process " + holder.pid;
  if (holder.here) return process + " of this host";
  return process + " of another host or container (boot " + holder.boot_id.substr(0, kShownOfBootId) + ")";
}

}  // namespace mf::ledger
