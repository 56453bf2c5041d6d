#pragma once
// mf.ownership_boundaries.v1: which component of the platform owns which kind of output.
//
// Room: contracts.  docs/formats/ownership_boundaries.v1.md.

#include <string>
#include <string_view>
#include <vector>

namespace mf::contracts {

struct OwnershipBoundaries {
  struct Owner {
    std::string owner;
    std::vector<std::string> outputs;
  };
  std::string schema_version;
  std::string revision;
  std::vector<Owner> owners;
};

/// Reads boundaries and holds them against what Model Factory writes: `mf` owns eval_report and bundle_publication, an
/// owner stands once, and no output has two owners. `where` names the file; its ending chooses JSON or YAML.
/// Throws OWNERSHIP_BOUNDARY_VIOLATION.
OwnershipBoundaries read_ownership_boundaries(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
