#pragma once
// The figures that a policy asks for, by the rows they are of. Names are canonical.

#include <set>
#include <string>
#include <vector>

#include "mf/gate/needs.hpp"
#include "mf/gate/observer.hpp"

namespace mf::factory {

using FigureNames = std::set<std::string>;

class AskedFigures {
 public:
  explicit AskedFigures(const contracts::GovernanceProfile& policy) : needs_(gate::needs_of(policy)) {}

  [[nodiscard]] const std::vector<gate::Need>& needs() const { return needs_; }
  /// Those of whole parts that need an interval.
  [[nodiscard]] FigureNames with_interval(const std::string& part) const;
  /// Those of a slice, by themselves.
  [[nodiscard]] FigureNames of_slice(const std::string& part, const gate::SliceValue& slice) const;
  /// Those that are compared with a baseline, of the whole part or of a slice.
  [[nodiscard]] FigureNames compared(const std::string& part) const;
  [[nodiscard]] FigureNames compared(const std::string& part, const gate::SliceValue& slice) const;
  /// The columns whose values are told apart in `part`, for figures by themselves and for comparisons.
  [[nodiscard]] std::set<std::string> sliced_by(const std::string& part) const;

 private:
  template <typename Which>
  [[nodiscard]] FigureNames names(const std::string& part, Which which) const;

  std::vector<gate::Need> needs_;
};

}  // namespace mf::factory
