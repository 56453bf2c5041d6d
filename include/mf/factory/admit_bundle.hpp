#pragma once
// `mf admit`: would a registry register this bundle?
//
// Room: factory.

#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/train_build_request.hpp"
#include "mf/factory/result.hpp"

namespace mf::factory {

struct AdmitChoices {
  std::string folder;                           ///< that holds the bundle's files, whatever it is called
  std::optional<contracts::TargetScope> scope;  ///< the slot that it is taken in for; nothing: any
  std::vector<std::string> submitters;          ///< who may submit; none: anybody
};

/// Checks a bundle as a registry's intake would, from its folder alone: no profile, no store, no network, no engine.
/// Outcome REGISTERED, or REGISTERED_INELIGIBLE or REJECTED (exit status 1) with a table of all reasons. The figures
/// tell who asked for it and who submits it, on which datasets, under which policy, and why it passed, as far as its
/// documents can be read. Nothing is written.
/// Throws FILE_NOT_FOUND, FILE_NOT_READABLE or FILE_UNAVAILABLE for the folder and what lies in it.
Result admit_bundle(const AdmitChoices& choices);

}  // namespace mf::factory
