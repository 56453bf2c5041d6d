#pragma once
// The negative matrix: everything that is done wrong on purpose, and what has to come of it.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "factory/negative_place.hpp"
#include "mf/contracts/proofs.hpp"

namespace mf::factory {

/// Something that is done in a workplace of its own.
struct NegativeCase {
  std::string name;      ///< what is done, in words
  const char* phase;     ///< of the corridor
  std::string expected;  ///< a code, or an outcome where nothing is to fail
  Come from;             ///< how far the run has come before
  std::function<Result(const NegativePlace&)> act;
};

/// Every case, by what it is about.
std::vector<NegativeCase> negative_commands();
std::vector<NegativeCase> negative_requests();
std::vector<NegativeCase> negative_inputs();
std::vector<NegativeCase> negative_rows();
std::vector<NegativeCase> negative_ledger();
std::vector<NegativeCase> negative_evidence();
std::vector<NegativeCase> negative_publication();
std::vector<NegativeCase> negative_jobs();

/// All of them, in that order.
std::vector<NegativeCase> negative_matrix();

/// A code that no case is for: what provokes it lies outside one process.
struct UnprovokedCode {
  Code code;
  const char* reason;
};
std::span<const UnprovokedCode> unprovoked_codes();

/// Tries `cases`, each in a copy of a workplace that has come as far as it needs, below the scratch folder `folder`,
/// and tells what came of them; circumstance is left empty. Throws what keeps the workplaces from being made.
contracts::NegativeProof try_cases(std::span<const NegativeCase> cases, const std::string& folder, const Clock& clock);

/// A case that has to end in `code`.
inline NegativeCase refused(std::string name, const char* phase, Code code, Come from,
                            std::function<Result(const NegativePlace&)> act) {
  return {std::move(name), phase, std::string(row_of(code).name), from, std::move(act)};
}

/// A case of a control: nothing may fail.
inline NegativeCase ends_in(std::string name, const char* phase, const char* outcome, Come from,
                            std::function<Result(const NegativePlace&)> act) {
  return {std::move(name), phase, outcome, from, std::move(act)};
}

}  // namespace mf::factory
