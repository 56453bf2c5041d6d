#include "mf/contracts/explanations.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, Explanations::Explained& explained) {
  visit("part", explained.part);
  visit("rows_in_part", explained.rows_in_part);
  visit("rows", explained.rows);
  visit("chosen_by", explained.chosen_by);
}

template <class V>
void describe(V& visit, Explanations::SumCheck& check) {
  visit("largest_difference", check.largest_difference);
  visit("largest_relative_difference", check.largest_relative_difference);
  visit("tolerance", check.tolerance);
  visit("holds", check.holds);
}

template <class V>
void describe(V& visit, Explanations::Importance& importance) {
  visit("weight", importance.weight);
  visit.nullable("gain", importance.gain);
  visit.nullable("cover", importance.cover);
  visit.nullable("total_gain", importance.total_gain);
  visit.nullable("total_cover", importance.total_cover);
}

template <class V>
void describe(V& visit, Explanations::Feature& feature) {
  visit("feature", feature.feature);
  visit("mean_abs_shap", feature.mean_abs_shap);
  visit("mean_shap", feature.mean_shap);
  visit.nullable("share", feature.share);
  visit.nullable("value_correlation", feature.value_correlation);
  visit("importance", feature.importance);
}

template <class V>
void describe(V& visit, Explanations::Pair& pair) {
  visit("first", pair.first);
  visit("second", pair.second);
  visit("mean_abs_shap", pair.mean_abs_shap);
  visit("mean_shap", pair.mean_shap);
  visit("sign", pair.sign);
}

template <class V>
void describe(V& visit, Explanations::Interactions& interactions) {
  visit("rows", interactions.rows);
  visit("pairs", interactions.pairs);
}

template <class V>
void describe(V& visit, Explanations::Week& week) {
  visit("week", week.week);
  visit("rows", week.rows);
  visit.nullable("overlap", week.overlap);
  visit.nullable("rank_correlation", week.rank_correlation);
  visit("top", week.top);
  visit("reason", week.reason);
}

template <class V>
void describe(V& visit, Explanations::Stability& stability) {
  visit("top", stability.top);
  visit("weeks", stability.weeks);
  visit.nullable("lowest_overlap", stability.lowest_overlap);
  visit.nullable("lowest_rank_correlation", stability.lowest_rank_correlation);
}

template <class V>
void describe(V& visit, Explanations& explanations) {
  visit("schema_version", explanations.schema_version);
  visit("run_key", explanations.run_key);
  visit("platform_run_id", explanations.platform_run_id);
  visit("input_fingerprint", explanations.input_fingerprint);
  visit("model_sha256", explanations.model_sha256);
  visit("scored_rows_sha256", explanations.scored_rows_sha256);
  visit("method", explanations.method);
  visit("explained", explanations.explained);
  visit("base_value", explanations.base_value);
  visit("sum_check", explanations.sum_check);
  visit("features", explanations.features);
  visit("features_left_out", explanations.features_left_out);
  visit("interactions", explanations.interactions);
  visit("stability", explanations.stability);
  visit("reason_codes", explanations.reason_codes);
  visit("undefined", explanations.undefined);
}

MF_DOCUMENT(Explanations)

}  // namespace mf::contracts
