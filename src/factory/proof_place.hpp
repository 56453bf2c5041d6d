#pragma once
// Keeping a proof in its place, which its content gives it.

#include <string>
#include <utility>

#include "factory/records.hpp"
#include "mf/factory/workshop.hpp"

namespace mf::factory {

inline constexpr RecordKind kProof{"proof", Code::EVIDENCE_UNRESOLVED, Code::ARTIFACT_CONFLICT, "mf prove"};

/// Keeps `proof` under `key`, adding when and by which installation it was made. The first one of the same content
/// stands. Throws ARTIFACT_CONFLICT when something else stands there.
template <class T>
Kept<T> keep_proof(Workshop& workshop, const std::string& key, T proof) {
  proof.proved_at_utc = to_string(workshop.clock.now());
  proof.service_release_id = workshop.profile.service_release_id;
  return keep(*workshop.artifacts, key, proof, kProof);
}

}  // namespace mf::factory
