#pragma once
// What an export keeps of the runs of a platform run until the next one: what their logs had to tell, and the marks of
// the logs that it holds for. Never the truth.
//
// A line of heading (format, digest of all that follows), one that names what it is of, then for each run, in the order
// of run keys, a line (run key, events, mark, bytes of what follows) and what it tells, a line each.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mf/observability/signals.hpp"

namespace mf::factory {

/// What the log of a run had to tell when it had so many events.
struct ToldRun {
  std::string run_key;
  std::int64_t events = 0;
  std::string mark;  ///< of the log; empty where nothing tells whether it changes
  observability::RunSignals signals;
  std::optional<std::vector<observability::SignalLine>> lineage;  ///< where it was asked for
  bool operator==(const ToldRun&) const = default;
};

/// An index as it was kept; of no run when anything in it is not as write_signals_index wrote it for `subject`.
class SignalsIndex {
 public:
  SignalsIndex(std::string bytes, const std::string& subject);
  SignalsIndex(const SignalsIndex&) = delete;
  SignalsIndex& operator=(const SignalsIndex&) = delete;

  /// Of a run in the index: how many events it had, and the mark; without the rest.
  [[nodiscard]] std::optional<ToldRun> look_up(const std::string& run_key) const;
  [[nodiscard]] std::optional<ToldRun> read(const std::string& run_key) const;
  [[nodiscard]] std::size_t size() const { return places_.size(); }

 private:
  struct Place {
    std::int64_t events;
    std::string_view mark, told;
  };
  std::string bytes_;
  std::unordered_map<std::string_view, Place> places_;
};

/// The bytes that keep those of `runs` that have a mark.
std::string write_signals_index(const std::vector<const ToldRun*>& runs, const std::string& subject);

}  // namespace mf::factory
