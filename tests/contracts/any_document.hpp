#pragma once
// Any kind of document by its name, for facts that hold for all of them.

#include <string>
#include <string_view>
#include <vector>

#include "mf/contracts/bundle_documents.hpp"
#include "mf/contracts/dataset_manifest.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/explanations.hpp"
#include "mf/contracts/fixture_set.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/governance_profile.hpp"
#include "mf/contracts/job_documents.hpp"
#include "mf/contracts/leakage_certificate.hpp"
#include "mf/contracts/ledger_documents.hpp"
#include "mf/contracts/ownership_boundaries.hpp"
#include "mf/contracts/platform_profile.hpp"
#include "mf/contracts/proofs.hpp"
#include "mf/contracts/registry_documents.hpp"
#include "mf/contracts/request_rejection.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/contracts/training_evidence.hpp"
#include "mf/contracts/training_profile.hpp"

namespace mf::testing {

/// What can be done with a document of a kind, given its JSON text.
struct AnyDocument {
  std::string_view struct_name;
  std::string_view kind;
  std::string (*rewritten)(const std::string&);            ///< write(read_json(...))
  std::string (*rewritten_from_yaml)(const std::string&);  ///< write(read_yaml(...))
  std::string (*content)(const std::string&);              ///< write_content(read_json(...))
  std::string (*content_digest)(const std::string&);
  std::vector<std::string> fields;
};

template <class T>
AnyDocument any_document(std::string_view struct_name, std::string_view kind) {
  const auto fields = contracts::field_names<T>();
  return {struct_name,
          kind,
          [](const std::string& text) { return contracts::write(contracts::read_json<T>(text, "d.json")); },
          [](const std::string& text) { return contracts::write(contracts::read_yaml<T>(text, "d.yaml")); },
          [](const std::string& text) { return contracts::write_content(contracts::read_json<T>(text, "d.json")); },
          [](const std::string& text) { return contracts::content_digest(contracts::read_json<T>(text, "d.json")); },
          {fields.begin(), fields.end()}};
}

inline const std::vector<AnyDocument>& all_documents() {
  static const std::vector<AnyDocument> kDocuments = {
#define MF_KIND(type, stem, version, code) any_document<contracts::type>(#type, #stem),
#include "contracts/document_kinds.def"
#undef MF_KIND
  };
  return kDocuments;
}

}  // namespace mf::testing
