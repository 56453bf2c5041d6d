#pragma once
// mf.training_profile.v1: how to train; and the older form without schema_version, which resolves but cannot train.
//
// Room: contracts.  docs/formats/training_profile.v1.md.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mf/contracts/bundle_reference.hpp"
#include "mf/contracts/dataset_manifest.hpp"

namespace mf::contracts {

/// The value of one engine parameter, as the profile writes it.
using ParameterValue = std::variant<bool, std::int64_t, double, std::string>;

struct TrainingProfile {
  struct Algorithm {
    std::int64_t rounds = 0;  ///< boosting rounds at most
    std::optional<std::int64_t>
        early_stopping_rounds;                         ///< stop after so many rounds without a better validation metric
    std::optional<std::string> early_stopping_metric;  ///< auc_pr, auc_roc or log_loss
    std::optional<std::string> objective;        ///< mf/engine/objectives.hpp has the table; absent: binary:logistic
    std::optional<std::string> class_weighting;  ///< balanced
    std::optional<std::map<std::string, std::int64_t>> monotone_constraints;       ///< 1 or -1 by feature name
    std::optional<std::vector<std::vector<std::string>>> interaction_constraints;  ///< groups of feature names
    std::map<std::string, ParameterValue> params;  ///< by the engine's names; mf/engine/parameters.hpp has the table
  };
  struct Split {
    std::optional<double> train = {}, validation = {}, test = {};  ///< fractions of the eligible rows; they sum to 1
    std::optional<std::string> validation_start_utc = {}, test_start_utc = {};  ///< or the times to cut at
    double embargo_hours = 0;                                                   ///< gap that is left out after each cut
    std::optional<std::int64_t> seed = {};                                      ///< of entity_hash
  };
  struct Sampling {
    std::string rule;
    double rate = 0;  ///< share of the negatives that is kept
    std::int64_t seed = 0;
  };
  struct SeedPolicy {
    std::string recipe;
    std::int64_t base_seed = 0;
  };
  struct Leakage {
    std::optional<double> suspect_single_feature_auc;  ///< refuse when one feature alone ranks at least this well
    std::optional<bool> forbid_entity_overlap;         ///< refuse when an entity is in more than one part
    std::optional<bool> forbid_duplicate_rows;         ///< refuse when a row has the features of one of an earlier part
    std::optional<double>
        suspect_id_like_correlation;  ///< refuse when a feature follows time or row order this closely
  };
  struct Bootstrap {
    std::int64_t resamples = 0;
    std::string cluster_by;
  };
  /// How the threshold that alerts is chosen, on the validation part.
  struct OperatingPoint {
    std::string rule;             ///< alert_rate, max_fpr, min_recall, max_f_beta or min_cost
    std::optional<double> value;  ///< of the first three rules, and only of these
  };
  /// What decisions cost, in the money of the amounts. There is no agreed cost: none is assumed.
  struct Costs {
    double alert = 0;                      ///< of each alert
    double missed_fraud = 0;               ///< of each fraud without an alert, whatever its amount
    double missed_fraud_amount_share = 0;  ///< share of the amount that such a fraud costs besides
  };
  struct Slices {
    std::vector<std::string> columns;
    std::int64_t min_rows = 0, min_frauds = 0;  ///< a slice with less has no figures
  };
  struct Explanations {
    std::int64_t rows = 0;                     ///< of the test part, at most
    std::int64_t top_features = 0;             ///< how many are ranked
    std::optional<std::int64_t> interactions;  ///< how many pairs are ranked
    std::optional<std::int64_t> reason_codes;  ///< how many each scored row gets
  };
  struct Evaluation {
    std::vector<std::int64_t> top_k;
    std::vector<double> alert_rates;
    std::optional<std::vector<double>> max_fpr;
    std::optional<std::vector<std::int64_t>> card_top_k;
    std::optional<OperatingPoint> operating_point;
    std::optional<double> beta;
    std::optional<Costs> costs;
    std::optional<Slices> slices;
    std::optional<Explanations> explanations;
    std::optional<Bootstrap> bootstrap;
  };

  std::string schema_version;
  std::string policy_id;
  std::string revision;
  FeatureDefinitionSet feature_definition_set;
  std::string expected_manifest_schema_version;
  std::string label_resolution_rule;
  std::string algorithm_id;
  Algorithm algorithm;
  std::string split_strategy;
  Split split;
  std::optional<Sampling> sampling;
  SeedPolicy seed_policy;
  Leakage leakage;
  Evaluation evaluation;
  std::optional<BundleReference> candidate;  ///< the bundle that a candidate_eval evaluates instead of training
  std::optional<Supersession> supersedes;    ///< the bundle that a backfill_retrain means to replace
};

}  // namespace mf::contracts
