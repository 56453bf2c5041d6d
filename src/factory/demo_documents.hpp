#pragma once
// The demo's profiles and request, written as a person would write them.

#include <string>

namespace mf::factory {

inline constexpr const char* kDemoPlatformRun = "platform_20260421T000000Z";
inline constexpr const char* kDemoTrainingProfile = "profiles/training_profile.v1.yaml";
inline constexpr const char* kDemoGovernanceProfile = "profiles/governance_profile.v1.yaml";

std::string demo_platform_profile();
std::string demo_training_profile();
std::string demo_governance_profile();
/// A request for the dataset behind `manifest_ref`.
std::string demo_request(const std::string& manifest_ref);

}  // namespace mf::factory
