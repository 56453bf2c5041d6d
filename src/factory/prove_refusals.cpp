#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "factory/negative_matrix.hpp"
#include "factory/proof_place.hpp"
#include "mf/factory/named_file.hpp"
#include "mf/factory/proofs.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInMemory = "/dev/shm";
constexpr std::uintmax_t kRoom = std::uintmax_t{64} << 20;

/// A new folder in `parent`; nothing where none can be made.
std::string folder_in(const std::string& parent) {
  std::string path = parent + "/mf-prove-XXXXXX";
  return ::mkdtemp(path.data()) == nullptr ? std::string() : path;
}

/// Hundreds of small files that nobody needs for long: in memory where there is room, since each is flushed to its
/// disk.
std::string folder_in_memory() {
  std::error_code problem;
  const auto space = fs::space(kInMemory, problem);
  return problem || space.available < kRoom || std::getenv("TMPDIR") != nullptr ? std::string() : folder_in(kInMemory);
}

/// A folder that is gone with its owner.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& parent) : path_(folder_in_memory()) {
    if (path_.empty()) path_ = folder_in(parent);
    if (path_.empty()) refuse_named_file("make", "a scratch folder in " + parent, errno);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void tell_figures(const contracts::NegativeProof& proof, Result& result) {
  std::vector<std::string> unexpected;
  for (const auto& tried : proof.cases)
    if (tried.status != "PASS")
      unexpected.push_back(tried.name + ": expected " + tried.expected + ", found " + tried.observed);
  result.figures = {{"status", proof.status},
                    {"cases", proof.counts.cases},
                    {"cases_as_expected", proof.counts.cases_as_expected},
                    {"codes_provoked", proof.counts.codes_provoked},
                    {"codes_not_provoked", proof.counts.codes_not_provoked},
                    {"codes_in_table", proof.counts.codes_in_table},
                    {"unexpected", unexpected}};
  for (const auto& line : unexpected) result.lines.push_back("not proven: " + line);
}

}  // namespace

Result prove_refusals(Workshop& workshop) {
  const ScratchFolder scratch(workshop.scratch_folder);
  const auto cases = negative_matrix();
  workshop.journal.say("trying " + std::to_string(cases.size()) + " cases in a scratch folder");
  auto proof = try_cases(cases, scratch.path(), workshop.clock);
  const auto key = store::layout::negative_proof(contracts::content_digest(proof));
  const auto kept = keep_proof(workshop, key, std::move(proof));
  const auto& counts = kept.document.counts;

  Result result;
  result.outcome = kept.document.status == "PASS" ? "PROVEN" : "NOT_PROVEN";
  result.exit_status = kept.document.status == "PASS" ? 0 : 1;
  result.refs = {{"negative_proof_ref", kept.ref}};
  result.lines = {std::to_string(counts.cases_as_expected) + " of " + std::to_string(counts.cases) +
                      " cases ended as they should; " + std::to_string(counts.codes_provoked) + " of " +
                      std::to_string(counts.codes_in_table) + " codes were provoked",
                  "proof:  " + workshop.artifacts->describe() + "/" + kept.ref};
  tell_figures(kept.document, result);
  return result;
}

}  // namespace mf::factory
