#pragma once
// mf.explanations.v1: how the scores of an evaluated model come about.
//
// Room: contracts.  docs/formats/explanations.v1.md.  All of it is content: the same inputs give the same bytes.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mf::contracts {

struct Explanations {
  /// The rows that were explained.
  struct Explained {
    std::string part;
    std::int64_t rows_in_part = 0, rows = 0;
    std::string chosen_by;  ///< all or evenly_spaced
  };
  /// Whether contributions and base value sum to the model's margin.
  struct SumCheck {
    double largest_difference = 0, largest_relative_difference = 0, tolerance = 0;
    bool holds = false;
  };
  struct Importance {
    double weight = 0;
    std::optional<double> gain, cover, total_gain, total_cover;
  };
  struct Feature {
    std::string feature;
    double mean_abs_shap = 0, mean_shap = 0;
    std::optional<double> share, value_correlation;
    Importance importance;
  };
  struct Pair {
    std::string first, second;
    double mean_abs_shap = 0, mean_shap = 0;
    std::string sign;  ///< positive, negative or none
  };
  struct Interactions {
    std::int64_t rows = 0;
    std::vector<Pair> pairs;
  };
  struct Week {
    std::string week;  ///< its Monday
    std::int64_t rows = 0;
    std::optional<double> overlap, rank_correlation;
    std::vector<std::string> top;
    std::optional<std::string> reason;  ///< why a figure is undefined
  };
  struct Stability {
    std::int64_t top = 0;  ///< how many features are compared
    std::vector<Week> weeks;
    std::optional<double> lowest_overlap, lowest_rank_correlation;
  };

  std::string schema_version = "mf.explanations.v1";
  std::string run_key, platform_run_id;
  std::string input_fingerprint, model_sha256, scored_rows_sha256;
  std::string method;  ///< tree_shap or linear
  Explained explained;
  double base_value = 0;
  SumCheck sum_check;
  std::vector<Feature> features;
  std::int64_t features_left_out = 0;
  std::optional<Interactions> interactions;
  Stability stability;
  std::optional<std::int64_t> reason_codes;      ///< how many each scored row has at most
  std::map<std::string, std::string> undefined;  ///< reasons by field
};

}  // namespace mf::contracts
