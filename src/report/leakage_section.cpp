#include "report/in_words.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

using contracts::LeakageCertificate;

/// The certificate has keys of rows besides; a page that goes from hand to hand has none.
Table guards_of(const LeakageCertificate& certificate) {
  Table table{"What each guard looked at before the model was fitted",
              {{"Guard"}, {"Status"}, {"Refuses what offends"}, {"Checked", true}, {"Offending", true}, {"Remark"}},
              {}};
  for (const auto& guard : certificate.guards)
    table.rows.push_back({guard.guard, guard.status == "clear" ? Cell("clear", Outcome::pass) : Cell(guard.status),
                          guard.demanded ? "yes" : "no, it counts", count(guard.rows_checked),
                          count(guard.rows_offending), guard.note});
  return table;
}

std::string count_or_none(const std::optional<std::int64_t>& value) { return value ? count(*value) : "–"; }

Table overlaps_of(const LeakageCertificate& certificate) {
  Table table{
      "What a later part shares with an earlier one",
      {{"Later part"}, {"Earlier part"}, {"Entities in both", true}, {"Rows of those", true}, {"Duplicate rows", true}},
      {}};
  for (const auto& overlap : certificate.overlaps)
    table.rows.push_back({overlap.later, overlap.earlier, count_or_none(overlap.entities),
                          count_or_none(overlap.entity_rows), count(overlap.duplicate_rows)});
  return table;
}

Table suspects_of(const LeakageCertificate& certificate) {
  Table table{"The features that alone rank fraud best; one near 1 knows something that it should not",
              {{"Feature"}, {"ROC AUC alone", true}},
              {}};
  for (const auto& suspect : certificate.feature_suspects) table.rows.push_back({suspect.feature, number(suspect.auc)});
  return table;
}

Table id_like_of(const LeakageCertificate& certificate) {
  Table table{
      "Features that grow with time or with the order of the rows, as ids do",
      {{"Feature"}, {"Distinct values", true}, {"Correlation with time", true}, {"With the order of rows", true}},
      {}};
  for (const auto& suspect : certificate.id_like_suspects)
    table.rows.push_back(
        {suspect.feature, count(suspect.distinct), number(suspect.time_correlation), number(suspect.row_correlation)});
  return table;
}

Facts bound_to(const LeakageCertificate& certificate) {
  return {{{"Bound to the model", Cell::exactly(certificate.model_sha256)},
           {"To its inputs", Cell::exactly(certificate.input_fingerprint)},
           {"To its plan", Cell::exactly(certificate.plan_digest)}}};
}

}  // namespace

Section leakage_section(const Documents& documents) {
  Section section{"leakage", "Leakage certificate"};
  if (!documents.certificate) {
    section.blocks = {Paragraph{"This run has no leakage certificate."}};
    return section;
  }
  const auto& certificate = *documents.certificate;
  section.blocks = {guards_of(certificate)};
  for (const auto& table : {overlaps_of(certificate), suspects_of(certificate), id_like_of(certificate)})
    if (!table.rows.empty()) section.blocks.emplace_back(table);
  section.blocks.emplace_back(bound_to(certificate));
  return section;
}

}  // namespace mf::report
