#pragma once
// A workplace where things are done wrong on purpose: everything that a run needs and leaves lies below one folder.

#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "factory/negative_dataset.hpp"
#include "factory/records.hpp"
#include "mf/factory/stories.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/ledger/run_log.hpp"

namespace mf::factory {

/// How far the run of a workplace has come.
enum class Come { laid_out, resolved, trained, evaluated, judged, published };

class NegativePlace {
 public:
  using Change = std::function<void(nlohmann::json&)>;

  /// `folder` holds mf.yaml, request.json, store/ and registry/; `clock` and `journal` must outlive it.
  NegativePlace(std::filesystem::path folder, const Clock& clock, observability::Journal& journal)
      : folder_(std::move(folder)), clock_(clock), journal_(journal) {}

  /// Lays out profiles, request and dataset, with nothing done yet.
  void lay_out() const;

  // Files, by their paths below the folder.
  [[nodiscard]] std::filesystem::path path(const std::string& file = "") const { return folder_ / file; }
  [[nodiscard]] std::string read(const std::string& file) const;
  void write(const std::string& file, const std::string& bytes) const;
  void remove(const std::string& file) const;
  /// Another digit in the middle: the smallest lie that there is.
  void change_one_digit(const std::string& file) const;
  /// Changes a JSON file.
  void edit(const std::string& file, const Change& change) const;

  // What is asked and how.
  void ask(const std::string& field, const nlohmann::json& value) const;   ///< of the request; null takes it out
  void wire(const std::string& field, const nlohmann::json& value) const;  ///< of the platform profile
  /// Puts `dataset` into the store, and returns the pinned ref of its manifest.
  [[nodiscard]] std::string put(const MadeDataset& dataset) const;
  void ask_for(const MadeDataset& dataset) const;  ///< puts it, and lets the request name it alone
  void take_registry_away() const;
  void bring_registry_back() const;

  // The run.
  [[nodiscard]] Workshop open(StopRequest* stop = nullptr) const;
  [[nodiscard]] contracts::TrainBuildRequest request() const;
  [[nodiscard]] store::layout::RunPlace run() const;  ///< that the request means
  [[nodiscard]] ledger::RunState state() const;
  [[nodiscard]] std::string recorded(const RecordKind& kind) const;  ///< the file that the log vouches for
  [[nodiscard]] std::string event(std::int64_t number) const;        ///< the file of an event
  using Story = Result (*)(Workshop&, const store::layout::RunPlace&);
  [[nodiscard]] Result tell(Story story, StopRequest* stop = nullptr) const;  ///< admits the request, then tells it
  [[nodiscard]] Result whole_run() const;
  [[nodiscard]] std::int64_t times(const std::string& stage) const;  ///< how often the stage was begun

  /// Changes documents that the log vouches for, and rewrites the log so that all its digests are right again.
  void forge(const std::function<void(const NegativePlace&)>& change) const;

 private:
  std::filesystem::path folder_;
  const Clock& clock_;
  observability::Journal& journal_;
};

}  // namespace mf::factory
