#pragma once
// A published bundle, named so that nothing else can be meant: its id is a digest of its content.
//
// Room: contracts.

#include <string>

namespace mf::contracts {

struct BundleReference {
  std::string bundle_id, bundle_version;
  bool operator==(const BundleReference&) const = default;
};

/// The bundle that a new one is to take the place of, and why. Whether it does is not for MF to say.
struct Supersession {
  std::string bundle_id, bundle_version, reason;
  bool operator==(const Supersession&) const = default;
};

}  // namespace mf::contracts
