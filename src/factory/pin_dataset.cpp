#include "mf/factory/pin_dataset.hpp"

#include <filesystem>

#include "factory/kept_dataset.hpp"
#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"
#include "mf/identity/ref.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;

/// The bytes of the user's own file, whatever it is called and wherever it lies.
std::string read_user_file(const std::string& path) {
  constexpr std::size_t kMost = store::ArtifactStore::kArtifactLimit;
  std::error_code problem;
  const bool regular = fs::is_regular_file(path, problem);
  if (problem) refuse_named_file("read", path, problem.value());
  if (!regular) throw Error(Code::FILE_NOT_READABLE, path + " is no file", {{"file", path}}, "Name a file of rows.");
  auto bytes = read_named_file(path, path, kMost);
  if (bytes.size() > kMost)
    throw Error(Code::DATA_INVALID, path + " is larger than " + std::to_string(kMost) + " bytes", {{"file", path}},
                "Pin fewer rows.");
  return bytes;
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

Result pin_dataset(Workshop& workshop, const std::string& path, const dataset::PinSettings& settings) {
  // One reading: what is described is what is copied.
  const std::string bytes = read_user_file(path);
  const auto pinned = dataset::pin_file(settings, bytes, path);
  return told(keep_dataset(*workshop.artifacts, bytes, pinned), pinned);
}

}  // namespace mf::factory
