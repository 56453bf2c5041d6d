#pragma once
// A run as a page for people, and two runs side by side. Nothing is trained, computed or written here: both are told
// from the documents that the runs' logs vouch for.
//
// Room: factory.

#include <string>

#include "mf/factory/result.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

enum class PageFormat { html, markdown };

struct Presentation {
  Result result;
  std::string page;  ///< all of it, UTF-8
};

/// The evaluation of `run` as one page. An empty `run.platform_run_id` is found out as verify does. Outcome REPORTED.
/// Throws RUN_NOT_FOUND, STAGE_MISSING before the run is evaluated, and the code of a document that is missing,
/// changed, or about something else.
Presentation present(Workshop& workshop, store::layout::RunPlace run, PageFormat format);

/// In what two runs differ, as far as both came: a row for each thing, inputs first, figures last. Outcome SAME, or
/// DIFFERENT (exit status 1). Throws RUN_NOT_FOUND, STAGE_MISSING before a run is resolved, and the code of a document
/// that is missing or changed; a profile that is not there as it was locked is only not compared.
Result compare_runs(Workshop& workshop, store::layout::RunPlace first, store::layout::RunPlace second);

}  // namespace mf::factory
