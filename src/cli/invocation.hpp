#pragma once
// One call of the program: its options, its journal, and what is known of the run so far.
//
// Room: cli.

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "cli/global_options.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/time.hpp"

namespace mf::cli {

/// What is known of the run so far: told also when the command fails.
struct KnownRun {
  std::string run;
  std::optional<contracts::RequestIdentity> identity;
  std::map<std::string, std::string> refs;  ///< document -> store key, as in a result
};

class Invocation {
 public:
  /// `known` is filled while the command works, and must outlive the invocation.
  Invocation(const GlobalOptions& options, KnownRun& known);

  [[nodiscard]] const GlobalOptions& options() const { return options_; }
  [[nodiscard]] observability::Journal& journal() { return *journal_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }

  /// Opens the workshop of the profile. Throws PROFILE_MISSING and what factory::open_workshop throws. The workshop
  /// must not outlive this invocation.
  factory::Workshop open_workshop();

  /// Reads and checks the request in `bytes`, which messages call `name`, and remembers its run for whatever is told
  /// later.
  contracts::TrainBuildRequest read_request(const std::string& bytes, const std::string& name);

  /// Remembers that the command is about the run called `run`.
  void remember(const std::string& run) { known_.run = run; }

  /// Remembers that `document` lies in the store under `key`.
  void remember_ref(const std::string& document, const std::string& key) { known_.refs[document] = key; }

 private:
  GlobalOptions options_;
  KnownRun& known_;
  SystemClock clock_;
  std::unique_ptr<observability::Journal> journal_;
};

}  // namespace mf::cli
