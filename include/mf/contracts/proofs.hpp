#pragma once
// mf.continuity_proof.v1 and mf.negative_proof.v1: that a run holds together, and that the corridor refuses what it
// must.
//
// Room: contracts.  docs/formats/continuity_proof.v1.md, negative_proof.v1.md. (c): circumstance.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mf::contracts {

/// One run, from manifest to registry: every ref resolved and every digest checked.
struct ContinuityProof {
  struct Reason {
    std::string link;  ///< a link, an agreement, or an item of the coverage
    std::string reason_code;
  };
  /// Something that was read and held against what is said of it elsewhere.
  struct Link {
    std::string stage;  ///< ledger, inputs, plan, model, report, gate, bundle or registry
    std::string name, ref;
    std::string digest_of;                                        ///< bytes or content
    std::optional<std::string> expected_sha256, observed_sha256;  ///< null where nothing says or has one
    std::string status;                                           ///< PASS or FAIL
    std::optional<std::string> reason_code;
  };
  /// What one document says of the others, recomputed.
  struct Agreement {
    std::string name, ref, status;
    std::optional<std::string> reason_code;
  };
  struct Item {
    std::string item;
    std::string status;  ///< PASS, ABSENT or FAIL
    std::optional<std::string> ref, reason_code;
  };
  struct Section {
    std::string status;  ///< FAIL when an item fails, ABSENT when all are absent, else PASS
    std::vector<Item> items;
  };
  struct Coverage {
    Section run_operate, observability_governance;
  };
  /// What the registry got, and whether it still has it.
  struct Handoff {
    std::string bundle_id, bundle_version;
    std::string registry_bundle_ref, registry_lifecycle_event_ref, publish_handshake_receipt_ref;
    std::int64_t files_expected = 0;  ///< of the bundle
    std::int64_t files_true = 0;      ///< there, with the digests that were published
    std::int64_t files_unknown = 0;   ///< in the bundle's folder, and none of it
    bool complete = false;
    std::string status;
  };

  std::string schema_version = "mf.continuity_proof.v1";
  std::string run_key, platform_run_id;
  std::optional<std::string> state;  ///< of the run; nothing when its log cannot be read
  std::string status;                ///< PASS or FAIL
  std::vector<Reason> reasons;
  std::vector<Link> links;
  std::vector<Agreement> agreements;
  Coverage coverage;
  std::optional<Handoff> mpr_handoff;             // of a published run
  std::string proved_at_utc, service_release_id;  // (c)
};

/// Mistakes, failures and attacks made on purpose, and what each was answered with.
struct NegativeProof {
  struct Counts {
    std::int64_t cases = 0, cases_as_expected = 0;
    std::int64_t codes_in_table = 0, codes_provoked = 0, codes_not_provoked = 0;
  };
  struct Case {
    std::string name;
    std::string phase;               ///< of the corridor
    std::string expected, observed;  ///< a code, or an outcome where nothing is to fail
    std::string status;              ///< PASS or FAIL
  };
  /// A code that no case can provoke, and why.
  struct NotProvoked {
    std::string code, reason;
  };

  std::string schema_version = "mf.negative_proof.v1";
  std::string status;
  Counts counts;
  std::vector<Case> cases;
  std::vector<NotProvoked> not_provoked;
  std::string proved_at_utc, service_release_id;  // (c)
};

}  // namespace mf::contracts
