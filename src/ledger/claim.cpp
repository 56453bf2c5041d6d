#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "ledger/process.hpp"
#include "mf/error.hpp"
#include "mf/ledger/run_log.hpp"

namespace mf::ledger {
namespace {

std::string expiry(const Clock& clock) { return to_string(UtcTime{clock.now().microseconds + kLeaseMicroseconds}); }

/// The claims of this process that stand: any other lease in its name is one that it could not give back.
class LiveClaims {
 public:
  void begin(const std::string& token) {
    const std::scoped_lock lock(mutex_);
    tokens_.insert(token);
  }
  void end(const std::string& token) {
    const std::scoped_lock lock(mutex_);
    tokens_.erase(token);
  }
  [[nodiscard]] bool has(const std::string& token) {
    const std::scoped_lock lock(mutex_);
    return tokens_.contains(token);
  }

 private:
  std::mutex mutex_;
  std::set<std::string> tokens_;
};

LiveClaims& live_claims() {
  static LiveClaims claims;
  return claims;
}

/// Whether nobody works under the lease any more, although it has not run out.
bool is_left(const Lease& lease) {
  return is_gone(lease.owner) || (lease.owner == this_process() && !live_claims().has(lease.token));
}

/// Refuses while another live process holds the run; otherwise says whom this claim takes over from, if anybody.
std::string predecessor(const RunState& state, const Clock& clock, const std::string& run_key) {
  if (!state.lease) return {};
  const bool expired = state.lease->expires <= clock.now();
  if (!expired && !is_left(*state.lease))
    throw Error(Code::LEASE_HELD, "another process is working on " + run_key,
                {{"run", run_key}, {"owner", state.lease->owner}, {"expires_at_utc", to_string(state.lease->expires)}});
  return state.lease->owner;
}

}  // namespace

struct Claim::Impl {
  RunLog& log;
  ClaimTerms terms;
  std::string token = fresh_token();
  std::mutex mutex{};
  std::condition_variable_any wake{};
  std::atomic<bool> canceled = false;
  std::jthread watcher{};

  void claim() {
    const std::string& run_key = log.place().run_key;
    while (true) {
      const std::string from = predecessor(log.read(), log.clock(), run_key);
      Detail detail{{"owner", this_process()}, {"expires_at_utc", expiry(log.clock())}};
      if (!from.empty()) detail["takeover_of"] = from;
      attribute(detail, terms.by);
      if (log.try_append(Event::lease_claimed, detail, token)) return;
    }
  }

  /// Keeps the claim alive and watches for a cancellation. When it cannot, the next append says so.
  void watch(const std::stop_token& stop) {
    using Steady = std::chrono::steady_clock;
    auto due = Steady::now() + terms.rhythm.renew;
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, stop, terms.rhythm.watch, [&] { return stop.stop_requested(); })) {
      try {
        if (log.read().must_end()) canceled = true;
        if (Steady::now() < due) continue;
        renew();
        due = Steady::now() + terms.rhythm.renew;
      } catch (const Error& error) {
        // A store that does not answer may do so again before the claim runs out.
        if (error.code() == Code::LEASE_LOST || !error.row().transient()) return;
      }
    }
  }

  [[nodiscard]] Detail annotated(Detail detail) const {
    if (terms.annotate) terms.annotate(detail);
    return detail;
  }

  void renew() {
    log.append_leased(Event::lease_renewed, {{"owner", this_process()}, {"expires_at_utc", expiry(log.clock())}},
                      token);
  }
};

Claim::Claim(RunLog& log, ClaimTerms terms) : impl_(new Impl{log, std::move(terms)}) {
  impl_->claim();
  live_claims().begin(impl_->token);
  impl_->watcher = std::jthread([impl = impl_.get()](const std::stop_token& stop) { impl->watch(stop); });
}

Claim::~Claim() {
  impl_->watcher.request_stop();
  impl_->watcher.join();
  live_claims().end(impl_->token);
  try {
    impl_->log.append_leased(Event::lease_released, impl_->annotated({}), impl_->token);
  } catch (const Error&) {
    // A claim that cannot be given back runs out, or is taken over once this process is gone, or by this process
    // itself.
  }
}

RunState Claim::append(Event event, const Detail& detail) {
  return impl_->log.append_leased(event, impl_->annotated(detail), impl_->token);
}

void Claim::seal() {
  const auto lease = impl_->log.read().lease;
  if (lease && lease->token == impl_->token) impl_->log.seal();
}

RunState Claim::read() { return impl_->log.read(); }

void Claim::require_held() { impl_->log.require_leased(impl_->token); }

void Claim::require_wanted() {
  if (impl_->canceled) impl_->log.require_wanted();
}

}  // namespace mf::ledger
