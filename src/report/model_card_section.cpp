#include "report/in_words.hpp"
#include "report/metric_titles.hpp"
#include "report/parts.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

using std::string;

string scope_in_words(const contracts::TargetScope& scope) {
  return "slot " + scope.bundle_slot + " of environment " + scope.environment + ", mode " + scope.mode +
         (scope.tenant_id ? ", tenant " + *scope.tenant_id : "");
}

string features_in_words(const contracts::FeatureDefinitionSet& set) {
  return set.feature_set_id + " " + set.feature_set_version;
}

string part_in_words(const Documents& documents, const string& part) {
  const auto found = documents.execution.split.parts.find(part);
  if (found == documents.execution.split.parts.end()) return "";
  string times;
  if (documents.certificate)
    for (const auto& time : documents.certificate->parts)
      if (time.part == part) times = " from " + time.first_event_utc + " to " + time.last_event_utc;
  return counted(found->second.rows, "row", "rows") + ", " + count(found->second.positives) + " of them fraud" + times;
}

Section details(const Documents& documents) {
  const auto& artifact = documents.artifact;
  return {"card-details",
          "Model details",
          {Facts{{{"Run", Cell::exactly(documents.run_key)},
                  {"State of the run", documents.state},
                  {"Algorithm", artifact.algorithm_id + ", " +
                                    (documents.execution.adopted
                                         ? std::string("of a published bundle")
                                         : counted(documents.execution.engine.rounds_kept, "round", "rounds"))},
                  {"Model (SHA-256)", Cell::exactly(artifact.model.sha256)},
                  {"Features", features_in_words(documents.plan.training_profile.feature_definition_set)},
                  {"Training profile", documents.plan.training_profile.resolved_revision},
                  {"Bundle", documents.bundle
                                 ? Cell::exactly(documents.bundle->bundle_id + " " + documents.bundle->bundle_version)
                                 : Cell("none was packed")}}}}};
}

Section intended_use(const Documents& documents) {
  return {
      "card-use",
      "Intended use",
      {Paragraph{"The model ranks events by how likely they are fraud, for " +
                 scope_in_words(documents.plan.input_refs.target_scope) + ". Its input is the feature set " +
                 features_in_words(documents.plan.training_profile.feature_definition_set) +
                 ", computed as it was for training; with other features its scores mean nothing."},
       Paragraph{"The documents of a run do not say what is done with an alert. Whoever puts the model to use adds who "
                 "acts on a score, within what time, and what a person may appeal."}}};
}

Section factors(const Documents& documents) {
  const auto& slices = documents.evaluation.metrics.slices;
  if (slices.empty())
    return {"card-factors",
            "Factors",
            {Paragraph{"No column was named to slice by. How the model does for groups of customers, channels or "
                       "countries is not known from this evaluation."}}};
  return {"card-factors",
          "Factors",
          {Paragraph{"How the model does in parts of the business is in the section Slices; those with too few rows or "
                     "frauds for a figure are listed there too."}}};
}

Section metrics(const Documents& documents) {
  const auto& metrics = documents.evaluation.metrics;
  const auto& point = metrics.operating_point;
  std::vector<string> items{
      "Every figure is computed from the scored rows that the run keeps (" + count(metrics.scored_rows.bytes) +
          " bytes), and computed again by the gate before it judges.",
      "A figure that does not exist is told as none, with the reason; it is never counted as 0.",
      metrics.bootstrap ? "Intervals are by bootstrap over clusters of rows; the section Key figures says how."
                        : "There are no intervals: how far chance moves the figures was not measured."};
  if (point)
    items.push_back("The threshold was chosen on " + point->chosen_on + " by the rule " + point->rule +
                    ", and not changed for test.");
  return {"card-metrics", "Metrics", {List{std::move(items)}}};
}

Section training_data(const Documents& documents) {
  if (documents.execution.adopted)
    return {"card-training-data",
            "Training data",
            {Paragraph{"The model was trained by run " + documents.execution.adopted->run_key +
                       ", whose own report tells on which data. No row of this run was used to fit it."}}};
  std::vector<string> items{"Fitted on " + part_in_words(documents, "train") + ".",
                            "Stopping and thresholds were chosen on " + part_in_words(documents, "validation") + "."};
  for (const auto& manifest : documents.plan.canonical_manifests())
    items.push_back("Dataset " + manifest.dataset_manifest_id + " of platform run " + manifest.platform_run_id +
                    ", labels as of " + manifest.label_asof_utc + ".");
  return {"card-training-data", "Training data", {List{std::move(items)}}};
}

Section evaluation_data(const Documents& documents) {
  return {"card-evaluation-data",
          "Evaluation data",
          {Paragraph{"Tested on " + part_in_words(documents, "test") + ". The split is " +
                     documents.execution.split_strategy +
                     "; the section Data and split has its cut times and every row that was left out."}}};
}

Section conceptual_soundness(const Documents& documents) {
  std::vector<string> items{
      "Method: " + documents.artifact.algorithm_id +
          ", an ensemble fitted to labelled events; what it takes from each feature is learnt, not set by hand.",
      "Every input was locked by digest before anything was trained, and the parameters are in the section Model and "
      "training."};
  if (documents.certificate)
    items.emplace_back(
        "The leakage guards found no row of the future or of the test among the train rows; the section Leakage "
        "certificate lists what each of them checked.");
  items.emplace_back(
      "Labels are what was reported by their as-of time. Fraud that nobody reported counts as legitimate.");
  return {"card-soundness", "Conceptual soundness", {List{std::move(items)}}};
}

Section outcomes_analysis(const Documents& documents) {
  const auto* test = part_of(documents.evaluation, "test");
  std::vector<string> items;
  if (test != nullptr)
    for (const char* name : {"average_precision", "auc_roc", "recall", "precision", "expected_calibration_error",
                             "worst_week_average_precision"})
      if (test->figures.contains(name))
        items.push_back(title_of_metric(name) +
                        " of test: " + figure_in_words(*test, name, interval_of(test->intervals, name)) + ".");
  items.emplace_back(documents.verdict
                         ? "The gate judged these figures by a policy; the section Verdict and why has each criterion."
                         : "The gate has not judged these figures.");
  return {"card-outcomes", "Outcomes analysis", {List{std::move(items)}}};
}

Section monitoring(const Documents& documents) {
  std::vector<string> items{
      "This page is of one evaluation. What happens to the model in use is measured elsewhere, and should be held "
      "against the figures here."};
  const auto* test = part_of(documents.evaluation, "test");
  if (test != nullptr && test->figures.contains("psi_from_train"))
    items.push_back("Watch the distribution of scores: between train and test it moved by a PSI of " +
                    figure_in_words(*test, "psi_from_train") + "; above 0.25 is commonly called a shift.");
  if (test != nullptr && test->figures.contains("alert_share"))
    items.push_back("Watch the share of rows alerted on, which was " + percentage(test->figures.at("alert_share")) +
                    " on test.");
  items.emplace_back("Watch precision and recall once labels are mature, by week, as in the section Over time.");
  items.emplace_back(
      "Evaluate the same bundle on newer rows with the intent candidate_eval, and judge newer models against it with "
      "regression_check.");
  return {"card-monitoring", "Ongoing monitoring", {List{std::move(items)}}};
}

Section limitations(const Documents& documents) {
  const auto& metrics = documents.evaluation.metrics;
  const auto* test = part_of(documents.evaluation, "test");
  std::vector<string> items;
  if (test != nullptr)
    items.push_back("All that is said of unseen rows rests on " + counted(test->positives, "fraud", "frauds") +
                    " in test.");
  if (!metrics.bootstrap)
    items.emplace_back("No intervals were computed, so a difference from another model may be chance.");
  if (metrics.slices.empty()) items.emplace_back("No slices were measured.");
  if (documents.execution.sampling)
    items.push_back("Legitimate train rows were sampled at " + number(documents.execution.sampling->rate) +
                    "; scores are as of the weighted rows.");
  if (test != nullptr)
    for (const auto& [name, reason] : test->undefined)
      items.push_back("No figure for " + title_of_metric(name) + ": " + reason + ".");
  items.emplace_back(
      "The rows are those that the platform kept: events that were blocked before they became rows are not among "
      "them.");
  items.emplace_back("Fraud changes. The figures are of the time of the test rows, and get old.");
  return {"card-limitations", "Limitations", {List{std::move(items)}}};
}

Section ethics(const Documents& documents) {
  std::vector<string> items{
      "A false alert is a customer who is stopped for nothing, and a missed one is a customer who is robbed; the "
      "threshold decides between them."};
  const auto* test = part_of(documents.evaluation, "test");
  bool measured = false;
  if (test != nullptr)
    for (const auto& [name, value] : test->figures) measured = measured || name.starts_with("fpr_ratio_");
  items.emplace_back(measured ? "Whether groups are stopped for nothing equally often was measured by columns of the "
                                "data: see the ratios in the section Slices."
                              : "Whether groups of customers are stopped for nothing equally often was not measured.");
  items.emplace_back("This page holds no row of the data and no key of one.");
  return {"card-ethics", "Ethical considerations", {List{std::move(items)}}};
}

Section caveats(const Documents& documents) {
  std::vector<string> items{
      "Choosing a threshold other than the one here makes the figures at the threshold those of another decision."};
  if (documents.state != "PUBLISHED")
    items.push_back("The run is " + documents.state +
                    ": its model is not published, and this page does not say that it may be used.");
  items.emplace_back("What is named here by digest can be checked, as the section Lineage says; what is not, cannot.");
  return {"card-caveats", "Caveats and recommendations", {List{std::move(items)}}};
}

}  // namespace

Section model_card_section(const Documents& documents) {
  Section section{"model-card", "Model card"};
  for (const auto of : {details, intended_use, factors, metrics, training_data, evaluation_data, conceptual_soundness,
                        outcomes_analysis, monitoring, limitations, ethics, caveats})
    section.sections.push_back(of(documents));
  return section;
}

}  // namespace mf::report
