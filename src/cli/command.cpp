#include "cli/command.hpp"

#include <array>

namespace mf::cli {

std::span<const Command> command_table() {
  static const std::array kTable{
      run_command(),
      status_command(),
      runs_command(),
      cancel_command(),
      enqueue_command(),
      work_command(),
      export_command(),
      verify_command(),
      reproduce_command(),
      prove_command(),
      report_command(),
      diff_command(),
      validate_request_command(),
      resolve_command(),
      train_command(),
      eval_command(),
      gate_command(),
      publish_command(),
      pin_command(),
      admit_command(),
      demo_command(),
      doctor_command(),
      explain_command(),
      completion_command(),
  };
  return kTable;
}

}  // namespace mf::cli
