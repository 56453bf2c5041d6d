#include "factory/cancellation.hpp"

namespace mf::factory {
namespace {

/// The publication is the last file of a bundle: without it nobody takes the bundle for published.
bool is_out(const Stage& stage, const ledger::RunState& state) {
  if (!state.may_be_out()) return false;
  const auto registry = open_registry(stage.workshop);
  return registry
      ->size_of(store::layout::registry::bundle_member(state.facts.at("bundle_id"), state.facts.at("bundle_version"),
                                                       store::layout::kBundlePublicationFile))
      .has_value();
}

}  // namespace

void heed_cancellation(const Stage& stage, const ledger::RunState& state) {
  if (!state.cancellation || state.is_over() || is_out(stage, state)) return;
  throw ledger::canceled(state, stage.run.run_key);
}

}  // namespace mf::factory
