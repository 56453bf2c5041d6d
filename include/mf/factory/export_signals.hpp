#pragma once
// What the runs of a store have to tell others, written where others look for it.
//
// Room: factory.  docs/cli/export.md.  Everything is derived from the ledgers, so that it may be lost, and writing it
// twice changes nothing.

#include <string>
#include <utility>

#include "mf/factory/result.hpp"
#include "mf/factory/workshop.hpp"

namespace mf::factory {

/// What is exported, and where to. What is empty is what the profile's signals say; paths are as the shell takes them.
struct ExportChoices {
  std::string platform_run_id;  ///< empty: every platform run that has runs in this store
  std::string runs_root;        ///< a folder with a folder for each platform run
  std::string textfile_folder;  ///< gets mf.prom
  std::string openlineage;      ///< a file
  bool openmetrics = false;     ///< how mf.prom is written: OpenMetrics instead of Prometheus text
};

/// Outcome EXPORTED; SIGNALS_LOST (75) when files could not be written, with how many, and the first reason as failure.
/// Throws USAGE when neither the choices nor the profile name a place, RUN_SCOPE_INVALID for a platform run that cannot
/// be one, and what reading the store throws.
Result export_signals(Workshop& workshop, const ExportChoices& choices);

/// The same for one platform run at the end of a command, where the profile says on_every_command. Never throws and
/// changes no outcome: what is lost is counted, and warned about once.
void tell_signals(Workshop& workshop, const std::string& platform_run_id) noexcept;

/// Tells the signals of a platform run when the work on it is over, however that ends.
class SignalsAtEnd {
 public:
  SignalsAtEnd(Workshop& workshop, std::string platform_run_id)
      : workshop_(workshop), platform_run_id_(std::move(platform_run_id)) {}
  ~SignalsAtEnd() { tell_signals(workshop_, platform_run_id_); }
  SignalsAtEnd(const SignalsAtEnd&) = delete;
  SignalsAtEnd& operator=(const SignalsAtEnd&) = delete;

 private:
  Workshop& workshop_;
  std::string platform_run_id_;
};

}  // namespace mf::factory
