#include "factory/reason_codes.hpp"

#include "mf/dataset/spilled_batches.hpp"
#include "mf/engine/explanation.hpp"

namespace mf::factory {
namespace {

constexpr std::size_t kLookedUpEvery = 4096;

void append_name(std::string& text, const std::string& name) {
  for (const char c : name) {
    if (c == ';' || c == '\\') text.push_back('\\');
    text.push_back(c);
  }
}

/// The reason codes of one part.
dataset::TextColumn texts_of(const Stage& stage, const engine::Explainer& explainer, dataset::BatchSource& rows,
                             std::size_t most) {
  dataset::TextColumn texts;
  texts.reserve(rows.row_count());
  std::vector<std::uint32_t> reasons(most);
  explainer.contributions(rows, [&](const engine::Contributions& row) {
    if (texts.size() % kLookedUpEvery == 0) {
      stage.stop_if_asked();
      stage.workshop.journal.progress("explaining", texts.size(), rows.row_count(), "reason codes");
    }
    engine::find_reasons(row, reasons);
    texts.append(reason_codes_text(reasons, rows.feature_names()));
  });
  return texts;
}

}  // namespace

std::string reason_codes_text(std::span<const std::uint32_t> reasons, const std::vector<std::string>& names) {
  std::string text;
  for (const std::uint32_t reason : reasons) {
    if (reason == engine::kNoReason) break;
    if (!text.empty()) text.push_back(';');
    append_name(text, names[reason]);
  }
  return text;
}

std::vector<dataset::TextColumn> reason_codes_of(const Stage& stage, const std::string& model,
                                                 const std::vector<std::string>& feature_names,
                                                 const PreparedDataset& dataset,
                                                 const contracts::TrainingProfile& profile) {
  const auto& how = profile.evaluation.explanations;
  if (!how || !how->reason_codes) return {};
  const engine::Explainer explainer(model, feature_names, stage.workshop.threads);
  std::vector<dataset::TextColumn> columns;
  for (const auto part : dataset::kEvaluatedParts) {
    dataset::SpilledBatches rows(dataset.rows, dataset.split, part, &dataset.categories);
    columns.push_back(texts_of(stage, explainer, rows, static_cast<std::size_t>(*how->reason_codes)));
  }
  return columns;
}

}  // namespace mf::factory
