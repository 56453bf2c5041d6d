#include "report/in_words.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

Facts scope_of(const contracts::ResolvedTrainPlan& plan) {
  const auto& refs = plan.input_refs;
  Facts facts{{{"Intent", plan.intent_kind},
               {"Platform run", Cell::exactly(plan.platform_run_id)},
               {"Code release", Cell::exactly(refs.mf_code_release_id)},
               {"Configuration revision", Cell::exactly(refs.config_revision)},
               {"Policy revision", Cell::exactly(refs.policy_revision)},
               {"Fingerprint of all inputs", Cell::exactly(plan.input_fingerprint)}}};
  return facts;
}

Table inputs_of(const contracts::ResolvedTrainPlan& plan) {
  Table table{
      "Every input, locked by content before anything was trained", {{"Input"}, {"Where"}, {"Digest (SHA-256)"}}, {}};
  const auto add = [&table](const std::string& what, const std::string& ref, const std::string& digest) {
    table.rows.push_back({what, Cell::exactly(ref), Cell::exactly(digest)});
  };
  for (const auto& manifest : plan.canonical_manifests()) {
    add("Dataset manifest", manifest.manifest_ref, manifest.payload_digest);
    add("Materialisation", manifest.materialization.ref, manifest.materialization.sha256);
    for (const auto& file : manifest.materialization.files)
      add("Data file, " + counted(file.rows, "row", "rows"), file.ref, file.sha256);
  }
  add("Training profile " + plan.training_profile.resolved_revision, plan.training_profile.profile_ref,
      plan.training_profile.profile_digest);
  add("Governance profile " + plan.governance_profile.resolved_revision, plan.governance_profile.profile_ref,
      plan.governance_profile.profile_digest);
  return table;
}

Table records_of(const std::vector<Record>& records) {
  Table table{
      "What the run left behind, as its event log vouches for it", {{"Document"}, {"Where"}, {"Digest (SHA-256)"}}, {}};
  for (const auto& record : records)
    table.rows.push_back({record.name, Cell::exactly(record.ref), Cell::exactly(record.sha256)});
  return table;
}

void add(Facts& facts, const char* name, const std::optional<std::string>& value) {
  if (value) facts.facts.emplace_back(name, *value);
}

Facts machine_of(const contracts::ExecutionRecord::Circumstance& circumstance) {
  Facts facts{{{"Engine", circumstance.engine_version}, {"Threads", count(circumstance.threads)}}};
  add(facts, "Program", circumstance.program);
  add(facts, "Build", circumstance.build);
  add(facts, "Processor", circumstance.cpu);
  facts.facts.emplace_back("Digest of the platform profile", Cell::exactly(circumstance.run_config_digest));
  return facts;
}

Facts bundle_of(const contracts::BundleManifest& bundle) {
  return {{{"Bundle", Cell::exactly(bundle.bundle_id)}, {"Version", Cell::exactly(bundle.bundle_version)}}};
}

}  // namespace

Section lineage_section(const Documents& documents) {
  Section section{"lineage", "Lineage"};
  section.blocks = {scope_of(documents.plan)};
  if (documents.bundle) section.blocks.emplace_back(bundle_of(*documents.bundle));
  section.blocks.emplace_back(inputs_of(documents.plan));
  section.blocks.emplace_back(records_of(documents.records));
  section.sections.push_back({"machine", "Where it was trained", {machine_of(documents.execution.circumstance)}});
  section.sections.push_back(
      {"checking",
       "How to check this page",
       {List{
           {"mf verify " + documents.run_key + " --inputs reads and hashes again everything that is named here.",
            "mf gate --run " + documents.run_key +
                " computes every figure again from the scored rows, and the verdict from those.",
            "mf reproduce " + documents.run_key +
                " trains the model again from the locked inputs, and compares it byte by byte.",
            "mf report " + documents.run_key + " writes this page again: the same documents give the same bytes."}}}});
  return section;
}

}  // namespace mf::report
