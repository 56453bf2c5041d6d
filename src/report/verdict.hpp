#pragma once
// The verdict in a word and a sentence.

#include <string>

#include "mf/report/documents.hpp"
#include "report/content.hpp"

namespace mf::report {

struct Verdict {
  Outcome outcome = Outcome::none;
  std::string word, sentence;
};

Verdict verdict_of(const Documents& documents);

/// How an outcome of the wire is shown; what only warns is never shown as what blocks.
Outcome outcome_named(const std::string& name, const std::string& severity);

}  // namespace mf::report
