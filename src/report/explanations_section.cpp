#include <algorithm>
#include <cmath>

#include "report/in_words.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

using contracts::Explanations;

constexpr std::size_t kMostInChart = 25;

Facts how(const Explanations& explanations) {
  const auto& explained = explanations.explained;
  const auto& check = explanations.sum_check;
  return {{{"Method", explanations.method},
           {"Explained", counted(explained.rows, "row", "rows") + " of " + count(explained.rows_in_part) + " of " +
                             explained.part + " (" + explained.chosen_by + ")"},
           {"Base value (margin)", number(explanations.base_value)},
           {"Contributions sum to the margin",
            Cell(check.holds ? "yes" : "no", check.holds ? Outcome::pass : Outcome::fail)},
           {"Largest difference", number(check.largest_difference)}}};
}

Figure mean_contributions(const Explanations& explanations) {
  Series series{"", Series::Shape::bars, false, {}};
  Chart chart{{"Feature"}, {"Mean absolute contribution to the margin", {}, 0.0}, {}};
  for (const auto& feature : explanations.features) {
    if (series.points.size() == kMostInChart) break;
    series.points.push_back({static_cast<double>(series.points.size()), feature.mean_abs_shap});
    chart.x.categories.push_back(feature.feature);
  }
  chart.series = {std::move(series)};
  chart.sideways = true;
  return {
      "chart-contributions", "What moves the score",
      "How much each feature moves the margin of a row, up or down, on average over the explained rows (mean of the "
      "absolute SHAP values).",
      std::move(chart)};
}

Table features_of(const Explanations& explanations) {
  Table table{
      "Features by what they contribute; a positive mean raises scores, a positive correlation means that higher "
      "values do",
      {{"Feature"},
       {"Mean absolute SHAP", true},
       {"Share", true},
       {"Mean SHAP", true},
       {"Correlation with value", true},
       {"Gain", true},
       {"Cover", true},
       {"Splits", true}},
      {}};
  for (const auto& feature : explanations.features)
    table.rows.push_back({feature.feature, number(feature.mean_abs_shap), percentage(feature.share),
                          number(feature.mean_shap), number(feature.value_correlation), number(feature.importance.gain),
                          number(feature.importance.cover), number(feature.importance.weight)});
  return table;
}

Table pairs_of(const Explanations::Interactions& interactions) {
  Table table{"Pairs of features that act together, over " + counted(interactions.rows, "row", "rows"),
              {{"Feature"}, {"With"}, {"Mean absolute SHAP", true}, {"Mean SHAP", true}, {"Sign"}},
              {}};
  for (const auto& pair : interactions.pairs)
    table.rows.push_back({pair.first, pair.second, number(pair.mean_abs_shap), number(pair.mean_shap), pair.sign});
  return table;
}

/// Correlations may be below 0; the axis then goes as far.
double lowest_correlation(const Explanations::Stability& stability) {
  return std::floor(stability.lowest_rank_correlation.value_or(0) * 10) / 10;
}

Figure steadiness(const Explanations::Stability& stability) {
  Chart chart{{"Week from"},
              {"Agreement with all weeks"},
              {{"shared top features", Series::Shape::line, false, {}, true},
               {"rank correlation", Series::Shape::line, false, {}, true}}};
  for (const auto& week : stability.weeks) {
    const auto place = static_cast<double>(chart.x.categories.size());
    chart.x.categories.push_back(week.week);
    chart.series[0].points.push_back({place, week.overlap});
    chart.series[1].points.push_back({place, week.rank_correlation});
  }
  chart.y.lowest = std::min(0.0, lowest_correlation(stability));
  chart.y.highest = 1.0;
  return {"chart-steadiness", "Steadiness of the top features",
          "Whether the " + std::to_string(stability.top) +
              " features that matter most are the same in each week: the share of them that is, and whether they stand "
              "in the same order.",
          std::move(chart)};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Table weeks_of(const Explanations::Stability& stability) {
  Table table{"Top features by week",
              {{"Week from"}, {"Rows", true}, {"Shared", true}, {"Rank correlation", true}, {"Top features"}},
              {}};
  for (const auto& week : stability.weeks)
    table.rows.push_back({week.week, count(week.rows), number(week.overlap), number(week.rank_correlation),
                          week.reason ? joined(week.top) + " (" + *week.reason + ")" : joined(week.top)});
  return table;
}

}  // namespace

Section explanations_section(const Documents& documents) {
  Section section{"explanations", "What the model looks at"};
  if (!documents.explanations) {
    section.blocks = {
        Paragraph{"The training profile asks for no explanations, so what each feature contributes was not computed."}};
    return section;
  }
  const auto& explanations = *documents.explanations;
  Figures figures{{mean_contributions(explanations)}};
  if (!explanations.stability.weeks.empty()) figures.figures.push_back(steadiness(explanations.stability));
  section.blocks = {how(explanations), std::move(figures), features_of(explanations)};
  if (explanations.interactions && !explanations.interactions->pairs.empty())
    section.blocks.emplace_back(pairs_of(*explanations.interactions));
  if (!explanations.stability.weeks.empty())
    section.blocks.emplace_back(Folded{"Top features by week", weeks_of(explanations.stability)});
  return section;
}

}  // namespace mf::report
