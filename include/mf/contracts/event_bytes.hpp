#pragma once
// The bytes of an event that has just been read.
//
// Room: contracts.

#include <string>

#include "mf/contracts/ledger_documents.hpp"

namespace mf::contracts {

/// What write gives for `event`, which fits its schema already: a log is read far more often than it is written.
std::string bytes_of(const LedgerEvent& event);

}  // namespace mf::contracts
