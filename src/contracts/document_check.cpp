#include "mf/contracts/document_check.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "contracts/content_of_kind.hpp"
#include "mf/contracts/bundle_documents.hpp"
#include "mf/contracts/dataset_manifest.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/explanations.hpp"
#include "mf/contracts/fixture_set.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/job_documents.hpp"
#include "mf/contracts/leakage_certificate.hpp"
#include "mf/contracts/ledger_documents.hpp"
#include "mf/contracts/ownership_boundaries.hpp"
#include "mf/contracts/platform_profile.hpp"
#include "mf/contracts/profile_lock.hpp"
#include "mf/contracts/proofs.hpp"
#include "mf/contracts/registry_documents.hpp"
#include "mf/contracts/request_rejection.hpp"
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

/// How the corridor reads a kind.
struct Reading {
  Reader read = nullptr;     ///< null for what MF never reads
  bool may_be_yaml = false;  ///< people write it by hand, so it may be YAML too
};

template <class T>
constexpr Reading kReading = {as_fields<T>};
template <>
constexpr Reading kReading<TrainBuildRequest> = {as_request};
template <>
constexpr Reading kReading<JobRequest> = {by<read_job_request>};
template <>
constexpr Reading kReading<FixtureSet> = {by<read_fixture_set>};
template <>
constexpr Reading kReading<PlatformProfile> = {by<read_platform_profile>, true};
template <>
constexpr Reading kReading<TrainingProfile> = {by<read_training_profile>, true};
template <>
constexpr Reading kReading<GovernanceProfile> = {by<read_governance_profile>, true};
template <>
constexpr Reading kReading<OwnershipBoundaries> = {by<read_ownership_boundaries>, true};

struct Row {
  std::string_view stem;
  Reading reading;
};

constexpr Row kRows[] = {
#define MF_KIND(type, stem, version, code) {#stem, kReading<type>},
#define MF_WRITTEN_KIND(stem, version, code) {#stem, {}},
#include "contracts/document_kinds.def"
#undef MF_WRITTEN_KIND
#undef MF_KIND
};

const Reading& reading_of(const DocumentKind& kind) {
  const auto names = [&](const Row& row) { return row.stem == kind.name; };
  return std::find_if(std::begin(kRows), std::end(kRows), names)->reading;
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
  const Reading& reading = reading_of(kind);
  if (reading.read != nullptr) checked.identity = reading.read(bytes, where);
  const bool yaml = reading.may_be_yaml && syntax_of(where) == Syntax::yaml;
  checked.content_digest = identity::document_digest(content_of_kind(kind, bytes, where, yaml));
  return checked;
}

}  // namespace mf::contracts
