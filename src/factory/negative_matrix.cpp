#include "factory/negative_matrix.hpp"

#include <iterator>
#include <set>

#include "mf/observability/journal.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;
using contracts::NegativeProof;

constexpr UnprovokedCode kUnprovoked[] = {
    {Code::FORMAT_UNSUPPORTED, "It takes an installation without the libraries that read Parquet."},
    {Code::ENGINE_UNAVAILABLE, "It takes an installation without XGBoost's library."},
    {Code::STORE_FULL, "It takes a disk or a quota without room; a limit of the process would end more than the case."},
    {Code::STORE_NOT_PERMITTED, "It takes a user whom the store refuses; a superuser is refused nothing."},
    {Code::STORE_UNTRUSTED, "It takes a server that does not prove who it is."},
    {Code::HTTP_CLIENT_UNAVAILABLE, "It takes an installation without libcurl."},
    {Code::STORE_REPLACES, "It takes a server that replaces what is there."},
    {Code::OUT_OF_MEMORY, "It takes a machine, or a process, without memory."},
    {Code::INTERNAL, "It takes a defect of mf, and none is known."},
};

/// The corridor up to each point, walked once.
class Halts {
 public:
  Halts(fs::path folder, const Clock& clock, observability::Journal& journal)
      : folder_(std::move(folder)), clock_(clock), journal_(journal) {
    place(Come::laid_out).lay_out();
    halt(Come::resolved, resolve);
    halt(Come::trained, train);
    halt(Come::evaluated, evaluate);
    halt(Come::judged, judge);
    halt(Come::published, publish);
  }

  /// A copy that may be spoilt.
  [[nodiscard]] NegativePlace copy(Come come, const std::string& name) const {
    fs::copy(path(come), folder_ / name, fs::copy_options::recursive);
    return {folder_ / name, clock_, journal_};
  }

 private:
  [[nodiscard]] fs::path path(Come come) const { return folder_ / ("come-" + std::to_string(static_cast<int>(come))); }

  [[nodiscard]] NegativePlace place(Come come) const { return {path(come), clock_, journal_}; }

  void halt(Come come, NegativePlace::Story story) const {
    const auto before = static_cast<Come>(static_cast<int>(come) - 1);
    fs::copy(path(before), path(come), fs::copy_options::recursive);
    static_cast<void>(place(come).tell(story));
  }

  fs::path folder_;
  const Clock& clock_;
  observability::Journal& journal_;
};

/// What a case came to, in one word.
std::string observed(const NegativeCase& tried, const NegativePlace& place) {
  try {
    const auto result = tried.act(place);
    return result.failure ? std::string(result.failure->row().name) : result.outcome;
  } catch (const Error& error) {
    return std::string(error.row().name);
  } catch (const std::exception&) {
    return "EXCEPTION";
  }
}

NegativeProof::Case outcome_of(const NegativeCase& tried, const NegativePlace& place) {
  const std::string came = observed(tried, place);
  return {tried.name, tried.phase, tried.expected, came, came == tried.expected ? "PASS" : "FAIL"};
}

NegativeProof::Counts counts_of(const NegativeProof& proof) {
  NegativeProof::Counts counts;
  std::set<std::string> provoked;
  for (const auto& tried : proof.cases) {
    if (tried.status == "PASS") ++counts.cases_as_expected;
    if (find_code(tried.observed) != nullptr) provoked.insert(tried.observed);
  }
  counts.cases = std::ssize(proof.cases);
  counts.codes_in_table = std::ssize(code_table());
  counts.codes_provoked = std::ssize(provoked);
  counts.codes_not_provoked = std::ssize(proof.not_provoked);
  return counts;
}

}  // namespace

std::span<const UnprovokedCode> unprovoked_codes() { return kUnprovoked; }

std::vector<NegativeCase> negative_matrix() {
  std::vector<NegativeCase> all;
  for (const auto cases : {negative_commands, negative_requests, negative_inputs, negative_rows, negative_ledger,
                           negative_evidence, negative_publication, negative_jobs}) {
    auto some = cases();
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  return all;
}

NegativeProof try_cases(std::span<const NegativeCase> cases, const std::string& folder, const Clock& clock) {
  const auto silence = observability::open_silence();
  const Halts halts(folder, clock, *silence);
  NegativeProof proof;
  for (const auto& tried : cases) {
    const std::string name = "case-" + std::to_string(proof.cases.size());
    proof.cases.push_back(outcome_of(tried, halts.copy(tried.from, name)));
    fs::remove_all(fs::path(folder) / name);
  }
  for (const auto& row : unprovoked_codes())
    proof.not_provoked.push_back({std::string(row_of(row.code).name), row.reason});
  proof.counts = counts_of(proof);
  proof.status = proof.counts.cases == proof.counts.cases_as_expected ? "PASS" : "FAIL";
  return proof;
}

}  // namespace mf::factory
