#pragma once
// A few hundred made-up card payments, regular enough to be learned in a moment; and ways to get them wrong.

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace mf::factory {

/// A payment: the text of each column.
using PaymentRow = std::map<std::string, std::string>;

/// One payment an hour from 2026 on, every fifth of them fraud, mostly with larger amounts and more velocity. The same
/// arguments give the same rows.
std::vector<PaymentRow> made_payments(std::int64_t count = 600, std::uint64_t seed = 1);

/// A dataset: what its files hold. What is set here takes the place of what would be right.
struct MadeDataset {
  using Change = std::function<void(nlohmann::json&)>;

  std::string name = "dm_payments";
  std::vector<PaymentRow> rows = made_payments();
  std::map<std::string, std::string> renamed = {};  ///< columns by another name
  std::optional<std::string> text = {};             ///< the data file, whatever `rows` say
  Change of_materialization = {};
  Change of_manifest = {};
};

/// A file of the store: its key and its bytes.
struct MadeFile {
  std::string key, bytes;
};

/// The data file, the materialisation and the manifest of `dataset`, each pinned by the next.
std::vector<MadeFile> files_of(const MadeDataset& dataset);

/// The documents beside it, as JSON.
nlohmann::json made_platform_profile();
nlohmann::json made_training_profile();
nlohmann::json made_governance_profile();
nlohmann::json made_request(const std::string& manifest_ref);

inline constexpr const char* kMadePlatformRun = "platform_20260601T000000Z";
inline constexpr const char* kMadeTrainingProfile = "profiles/training.json";
inline constexpr const char* kMadeGovernanceProfile = "profiles/governance.json";

}  // namespace mf::factory
