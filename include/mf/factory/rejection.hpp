#pragma once
// A request that was refused before it had a run: the refusal, kept under the request's id.
//
// Room: factory.  docs/formats/request_rejection.v1.md.

#include <optional>
#include <string>
#include <string_view>

#include "mf/contracts/request_rejection.hpp"
#include "mf/error.hpp"
#include "mf/factory/workshop.hpp"

namespace mf::factory {

/// What is to be kept of it that `command` refused the request in `bytes` with `refusal`. Nothing where that is no
/// refusal of a request (the store was away, mf has a defect), or where `bytes` hold no request_id as a request's
/// should be: there is nothing to keep it under.
std::optional<contracts::RequestRejection> rejection_of(std::string_view bytes, const std::string& command,
                                                        const Error& refusal);

/// Keeps `rejection`, adding when and by which installation it was made, and returns its place in the store. The first
/// record of the same bytes under the same id stands. Throws as ArtifactStore::put_if_absent.
std::string keep_rejection(Workshop& workshop, contracts::RequestRejection rejection);

}  // namespace mf::factory
