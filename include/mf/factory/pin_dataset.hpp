#pragma once
// `mf pin`: a user's own CSV becomes a dataset of the store.
//
// Room: factory.

#include <string>

#include "mf/dataset/pin.hpp"
#include "mf/factory/result.hpp"
#include "mf/factory/workshop.hpp"

namespace mf::factory {

/// Copies the CSV at `csv_path` into the store and writes its materialisation and manifest beside it. The same file and
/// settings give the same manifest id. Outcome PINNED; the refs hold manifest, materialisation and data file.
Result pin_dataset(Workshop& workshop, const std::string& csv_path, const dataset::PinSettings& settings);

}  // namespace mf::factory
