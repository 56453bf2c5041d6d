#include "mf/factory/doctor.hpp"

#include "cli/command.hpp"
#include "cli/find_profile.hpp"

namespace mf::cli {
namespace {

factory::Result doctor(Invocation& invocation) {
  return factory::examine(find_profile(invocation.options().profile), invocation.clock(), invocation.journal());
}

Action set_up(CLI::App&) { return doctor; }

}  // namespace

Command doctor_command() {
  return {
      "doctor",
      kAround,
      "Check profile, store, registry, engine and machine",
      "  mf doctor\n"
      "  mf --profile /etc/mf/prod.yaml doctor --json\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
