#include "cli/invocation.hpp"

#include "cli/find_profile.hpp"
#include "cli/stop_signals.hpp"

namespace mf::cli {

Invocation::Invocation(const GlobalOptions& options, KnownRun& known)
    : options_(options), known_(known), journal_(observability::open_journal(journal_settings(options))) {}

factory::Workshop Invocation::open_workshop() {
  return factory::open_workshop(find_profile(options_.profile), clock_, *journal_, &heed_stop_signals());
}

contracts::TrainBuildRequest Invocation::read_request(const std::string& bytes, const std::string& name) {
  auto request = contracts::read_request(bytes, name);
  known_.identity = contracts::identity_of(request);
  known_.run = known_.identity->run_id;
  return request;
}

}  // namespace mf::cli
