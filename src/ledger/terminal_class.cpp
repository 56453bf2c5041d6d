#include "mf/ledger/terminal_class.hpp"

#include <array>
#include <cstddef>

namespace mf::ledger {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"PUBLISHED", "REJECTED_INPUTS", "FAILED_GATES", "FAILED_CONFLICT",
                                                    "CANCELED"};

}  // namespace

std::string_view name_of(TerminalClass end) { return kNames[static_cast<std::size_t>(end)]; }

std::optional<TerminalClass> terminal_class_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return static_cast<TerminalClass>(i);
  return {};
}

}  // namespace mf::ledger
