#include "mf/factory/pin_dataset.hpp"

#include <filesystem>

#include "factory/kept_dataset.hpp"
#include "mf/error.hpp"
#include "mf/identity/ref.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;

/// The user's own file: read through the same wall as the store's.
struct UserFile {
  std::unique_ptr<store::ArtifactStore> folder;
  std::string name;
};

UserFile open_user_file(const std::string& path) {
  std::error_code problem;
  const fs::path real = fs::canonical(path, problem);
  if (problem || !fs::is_regular_file(real))
    throw Error(Code::FILE_NOT_FOUND, path + " is not there, or is no file", {{"path", path}});
  return {store::open_filesystem(real.parent_path().string()), real.filename().string()};
}

Result told(const KeptDataset& kept, const dataset::PinnedDataset& pinned) {
  Result result;
  result.outcome = "PINNED";
  result.refs = {{"dataset_manifest_ref", kept.manifest_ref},
                 {"dataset_manifest_pinned_ref", identity::pinned(kept.manifest_ref, kept.manifest_sha256)},
                 {"materialization_ref", kept.materialization_ref},
                 {"data_ref", kept.data_ref}};
  const auto& coverage = pinned.manifest.label_coverage.value();
  result.figures = {{"dataset_manifest_id", kept.dataset_manifest_id},
                    {"rows", coverage.rows},
                    {"labelled", coverage.labelled},
                    {"positive", coverage.positive},
                    {"features", static_cast<std::int64_t>(pinned.materialization.with_role("feature").size())}};
  result.lines.push_back(std::to_string(coverage.rows) + " rows, " + std::to_string(coverage.labelled) + " labelled, " +
                         std::to_string(coverage.positive) + " of them fraud");
  for (const auto& column : pinned.left_out)
    result.lines.push_back("left out: column " + column.name + ": " + column.reason);
  result.lines.push_back("manifest: " + kept.manifest_ref);
  return result;
}

}  // namespace

Result pin_dataset(Workshop& workshop, const std::string& csv_path, const dataset::PinSettings& settings) {
  const auto file = open_user_file(csv_path);
  const auto bytes = file.folder->find(file.name, store::ArtifactStore::kArtifactLimit);
  if (!bytes) throw Error(Code::FILE_NOT_FOUND, csv_path + " is not there", {{"path", csv_path}});
  // One reading: what is described is what is copied.
  const auto source = store::source_of(*bytes);
  const auto pinned = dataset::pin_csv(settings, *source, csv_path);
  return told(keep_dataset(*workshop.artifacts, *bytes, pinned), pinned);
}

}  // namespace mf::factory
