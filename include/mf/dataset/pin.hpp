#pragma once
// Describing a user's own CSV or Parquet file, so that Model Factory can train on it: `mf pin`.
//
// Room: dataset.  The file is read once and not changed; what comes back are the two documents that an offline feature
// plane would have written. docs/formats/dataset_manifest.v1.md, docs/formats/dataset_materialization.v1.md.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mf/contracts/dataset_manifest.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::dataset {

/// What a user says of a file. Nothing is guessed but types: which column means what is always said.
struct PinSettings {
  /// Columns by their names in the header. A column may be chosen for several purposes of one kind: `time` for
  /// `label_time` when labels were known at once, a feature for a slice.
  struct Columns {
    std::string id;          ///< a key of the event, in every row; required
    std::string time;        ///< of the event, in every row; required
    std::string label;       ///< 1 or true: fraud, 0 or false: legitimate, empty: not known yet; required
    std::string label_time;  ///< when the label was observed; required
    std::optional<std::string> feature_time = {};  ///< when the features were computed
    std::optional<std::string> entity = {};        ///< card or account
    std::optional<std::string> amount = {};        ///< money; a feature too, when `features` is empty
    std::optional<std::string> weight = {};        ///< of the row in training
    std::vector<std::string> slices = {};
    std::vector<std::string> categories = {};  ///< features that are texts
    /// Empty: the amount and each column without another purpose that is numeric.
    std::vector<std::string> features = {};
  };

  Columns columns;
  std::string format = "csv";           ///< how the file is written, as a materialisation declares it
  std::string time_type = "timestamp";  ///< of all time columns: timestamp (RFC 3339), epoch_s or epoch_ms
  std::string platform_run_id;
  std::string label_asof;  ///< RFC 3339; labels observed later are not in the file
  std::optional<std::int64_t> maturity_days;
  std::string resolution_rule = "observed_time<=label_asof_utc";
  std::string feature_set_id, feature_set_version;
  std::string ofs_code_release_id;  ///< what made the file
  std::string config_revision;
};

/// A column of the file that is not declared, and why.
struct LeftOutColumn {
  std::string name;
  std::string reason;  ///< such as: line 5 holds text of 2 characters 'NA'
};

/// The documents of a pinned file, complete but for two places that depend on the id and belong to the store's layout:
/// manifest.materialization_ref and materialization.files[0].ref are empty, for the caller to fill.
struct PinnedDataset {
  contracts::DatasetManifest manifest;
  contracts::DatasetMaterialization materialization;
  std::vector<LeftOutColumn> left_out;
};

/// Reads `file` to its end and describes it. `file_name` is its name in messages. The same bytes and settings give the
/// same documents and the same dataset_manifest_id; other bytes or another meaning give another id.
/// Memory: one buffer and a few facts for each column.
/// Throws USAGE (a setting is missing or malformed; a named column is not in the header, or chosen for purposes that
/// exclude each other), DATA_EMPTY (no header or no rows), DATA_INVALID (with line and column: the header has a name
/// twice, a field does not fit its purpose, the labels are all unknown or of one class, no column is numeric) and
/// STORE_UNAVAILABLE (the bytes cannot be read).
PinnedDataset pin_csv(const PinSettings& settings, store::Source& file, const std::string& file_name);

/// The same of the bytes of a file of any format. What a Parquet file's own types say is taken for what its columns
/// are; every value of the declared ones is looked at. Throws also FORMAT_UNSUPPORTED where Parquet cannot be read.
PinnedDataset pin_file(const PinSettings& settings, std::string_view bytes, const std::string& file_name);

}  // namespace mf::dataset
