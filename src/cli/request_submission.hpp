#pragma once
// A request file is submitted: its run is worked on, or its refusal is recorded.
//
// Room: cli.

#include <functional>
#include <string>

#include "cli/invocation.hpp"
#include "mf/factory/result.hpp"

namespace mf::cli {

struct RequestSubmission {
  std::string file;     ///< - is standard input
  std::string command;  ///< that it is submitted with
};

/// What is told of an admissible request; it admits the request first.
using RequestStory = std::function<factory::Result(factory::Workshop&, const contracts::TrainBuildRequest&)>;

/// Tells `story` of the submitted request. Where the request itself is refused before it has a run, the refusal is
/// recorded (factory::keep_rejection), and its ref told with it. Whether it can be recorded never changes it: without a
/// profile it is not, and why it could not be is a warning. Throws the codes of a bad request, what open_workshop
/// throws, and what the story throws.
factory::Result submit(Invocation& invocation, const RequestSubmission& submission, const RequestStory& story);

}  // namespace mf::cli
