#pragma once
// Where a rebuilt artifact parts from the recorded one.

#include <optional>
#include <string>

#include "factory/contents.hpp"

namespace mf::factory {

/// An artifact as it was recorded and as it was rebuilt.
struct Parting {
  Content recorded;
  std::optional<Content> rebuilt;    ///< none when the rebuilt run has no such artifact
  std::string what;                  ///< one line
  std::optional<std::int64_t> tree;  ///< of a model: the first tree that differs, counted from 0
  bool of_rows = false;              ///< of scored rows: other rows, or the same in another order
};

/// A run in a store.
struct Side {
  const store::ArtifactStore& store;
  const ledger::RunState& state;
};

/// The artifacts of `was` that are other ones in `is`, each with the place where it parts.
std::vector<Parting> partings(const Side& recorded, const std::vector<Content>& was, const Side& rebuilt,
                              const std::vector<Content>& is, const std::string& run);

}  // namespace mf::factory
