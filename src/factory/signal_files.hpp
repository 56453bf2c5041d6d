#pragma once
// Writing what platform runs have to tell, and counting what could not be written.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mf/observability/prometheus.hpp"
#include "mf/observability/signals.hpp"
#include "mf/observability/summaries.hpp"
#include "mf/store/projection.hpp"

namespace mf::factory {

/// Signals that could not be written: how many, and why the first one could not.
struct Losses {
  std::int64_t count = 0;
  std::string first;

  /// One was not written for the reason `error` (errno); 0: it was.
  void note(int error, const std::string& file);
  void add(const Losses& other);
};

/// All lines of a platform run, each list in order of time.
struct SignalLists {
  std::vector<observability::SignalLine> governance, audits, control, lineage;
};

/// The documents of a platform run that the figures of all are summed up from.
struct Summary {
  std::string metrics, health;
};

/// The folder of one platform run. From `open` on no other process writes into it.
class PlatformRunFolder {
 public:
  /// An empty `runs_root` is no place: nothing is written, and nothing is lost.
  PlatformRunFolder(const std::string& runs_root, const std::string& platform_run_id);

  void open();

  /// Writes everything, counts what was lost into the account, and indexes what was written.
  Summary write(observability::Account& account, const SignalLists& lists);

  [[nodiscard]] const Losses& losses() const { return losses_; }

 private:
  bool put(const char* path, const std::string& bytes);
  void put_lists(const SignalLists& lists);
  Summary put_summaries(const observability::Account& account);

  bool is_placed_;
  std::string folder_;
  store::Projection projection_;
  int failure_ = 0;
  Losses losses_;
  std::vector<observability::IndexedFile> written_;
  std::int64_t markers_ = 0;
};

/// Writes mf.prom in `folder`: the sum over every platform run below `runs_root`, or where that is empty over
/// `exported`.
void write_textfile(const std::string& folder, const std::string& runs_root, const std::vector<Summary>& exported,
                    observability::Figures::Format format, Losses& losses);

/// Writes the lines of the exported platform runs into `file`; those of others in it stay.
void write_lineage(const std::string& file,
                   const std::map<std::string, std::vector<observability::SignalLine>>& exported, Losses& losses);

}  // namespace mf::factory
