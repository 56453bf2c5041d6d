#pragma once
// An evaluation, as the gate asks about it.

#include "factory/evaluation.hpp"
#include "mf/gate/observer.hpp"

namespace mf::factory {

/// Answers from `evaluation`, which must outlive it. Throws INTERNAL when asked for what was not computed.
class EvaluationObserver : public gate::Observer {
 public:
  explicit EvaluationObserver(const Evaluation& evaluation) : evaluation_(evaluation) {}

  gate::Observation observe(const gate::Question& question) const override;
  gate::PairedObservation compare(const gate::Question& question) const override;
  std::vector<std::string> values_of(const std::string& part, const std::string& column) const override;

 private:
  const Evaluation& evaluation_;
};

}  // namespace mf::factory
