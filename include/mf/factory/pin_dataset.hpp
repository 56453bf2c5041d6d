#pragma once
// `mf pin`: a user's own file of rows becomes a dataset of the store.
//
// Room: factory.

#include <string>

#include "mf/dataset/pin.hpp"
#include "mf/factory/result.hpp"
#include "mf/factory/workshop.hpp"

namespace mf::factory {

/// Copies the file at `path` into the store and writes its materialisation and manifest beside it. The same file and
/// settings give the same manifest id. Outcome PINNED; the refs hold manifest, materialisation and data file.
Result pin_dataset(Workshop& workshop, const std::string& path, const dataset::PinSettings& settings);

}  // namespace mf::factory
