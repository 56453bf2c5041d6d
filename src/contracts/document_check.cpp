#include "mf/contracts/document_check.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "contracts/content_of_kind.hpp"
#include "mf/contracts/bundle_documents.hpp"
#include "mf/contracts/dataset_manifest.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/fixture_set.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/job_documents.hpp"
#include "mf/contracts/ledger_documents.hpp"
#include "mf/contracts/ownership_boundaries.hpp"
#include "mf/contracts/platform_profile.hpp"
#include "mf/contracts/profile_lock.hpp"
#include "mf/contracts/registry_documents.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/syntax.hpp"
#include "mf/contracts/training_evidence.hpp"
#include "mf/identity/recipes.hpp"

namespace mf::contracts {
namespace {

using Identity = std::optional<RequestIdentity>;
/// Reads a document as the corridor does, and throws what that throws.
using Reader = Identity (*)(std::string_view bytes, const std::string& where);

template <class T>
Identity as_fields(std::string_view bytes, const std::string& where) {
  read_json<T>(bytes, where);
  return {};
}

/// By a reader that demands more than the schema.
template <auto read>
Identity by(std::string_view bytes, const std::string& where) {
  read(bytes, where);
  return {};
}

Identity as_request(std::string_view bytes, const std::string& where) {
  return identity_of(read_request(bytes, where));
}

template <class T>
constexpr Reader kReader = as_fields<T>;
template <>
constexpr Reader kReader<TrainBuildRequest> = as_request;
template <>
constexpr Reader kReader<JobRequest> = by<read_job_request>;
template <>
constexpr Reader kReader<PlatformProfile> = by<read_platform_profile>;
template <>
constexpr Reader kReader<TrainingProfile> = by<read_training_profile>;
template <>
constexpr Reader kReader<GovernanceProfile> = by<read_governance_profile>;
template <>
constexpr Reader kReader<FixtureSet> = by<read_fixture_set>;
template <>
constexpr Reader kReader<OwnershipBoundaries> = by<read_ownership_boundaries>;

struct Row {
  std::string_view stem;
  Reader read;  ///< null for what MF never reads
};

constexpr Row kRows[] = {
#define MF_KIND(type, stem, version, code) {#stem, kReader<type>},
#define MF_WRITTEN_KIND(stem, version, code) {#stem, nullptr},
#include "contracts/document_kinds.def"
#undef MF_WRITTEN_KIND
#undef MF_KIND
};

Reader reader_of(const DocumentKind& kind) {
  return std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& row) { return row.stem == kind.name; })->read;
}

/// The kinds that people write by hand; the corridor takes them as YAML too.
bool may_be_yaml(const DocumentKind& kind) {
  constexpr std::string_view kByHand[] = {"platform_profile.v1", "training_profile.v1", "governance_profile.v1",
                                          "ownership_boundaries.v1"};
  return std::find(std::begin(kByHand), std::end(kByHand), kind.name) != std::end(kByHand);
}

[[noreturn]] void refuse_kind(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& kind : document_kinds()) names.emplace_back(kind.name);
  const auto near = near_miss(name, names);
  throw Error(Code::USAGE, "there is no kind of document called " + std::string(name.substr(0, 64)), {},
              near ? "Did you mean `" + *near + "`?" : "docs/formats/README.md lists them all, by name and version.");
}

}  // namespace

const DocumentKind& document_kind(std::string_view name) {
  for (const auto& kind : document_kinds())
    if (kind.name == name || kind.schema_version == name) return kind;
  refuse_kind(name);
}

CheckedDocument check_document(const DocumentKind& kind, std::string_view bytes, const std::string& where) {
  CheckedDocument checked;
  if (const Reader read = reader_of(kind)) checked.identity = read(bytes, where);
  const bool yaml = may_be_yaml(kind) && syntax_of(where) == Syntax::yaml;
  checked.content_digest = identity::document_digest(content_of_kind(kind, bytes, where, yaml));
  return checked;
}

}  // namespace mf::contracts
