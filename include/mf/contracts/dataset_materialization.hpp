#pragma once
// learning.dataset_materialization.v1: where the labelled rows of a manifest are, and what their columns mean.
//
// Room: contracts.  docs/formats/dataset_materialization.v1.md.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mf::contracts {

struct DatasetMaterialization {
  struct File {
    std::string ref;
    std::string sha256;
    std::int64_t bytes = 0;
    std::int64_t rows = 0;
  };
  struct Column {
    std::string name;
    std::string type;                ///< one of the schema's column types, such as float32
    std::vector<std::string> roles;  ///< one or more, such as feature
    [[nodiscard]] bool has_role(std::string_view role) const;
  };
  struct Readiness {
    std::string replay_status;  ///< COMPLETE when it may be trained on
    std::string label_status;   ///< READY_FOR_TRAINING when it may be trained on
  };

  std::string schema_version;
  std::string dataset_manifest_id;
  std::string dataset_fingerprint;
  std::string platform_run_id;
  std::string format;
  std::vector<File> files;
  std::int64_t row_count = 0;
  std::vector<Column> columns;
  Readiness readiness;

  /// The columns that carry `role`, in the order of `columns`.
  [[nodiscard]] std::vector<const Column*> with_role(std::string_view role) const;
};

}  // namespace mf::contracts
