#pragma once
// A document by its kind alone, without its struct.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "mf/contracts/document.hpp"

namespace mf::contracts {

/// What a document of exactly this kind and version says, circumstance left out. Throws as reading it does.
nlohmann::json content_of_kind(const DocumentKind& kind, std::string_view bytes, const std::string& where, bool yaml);

}  // namespace mf::contracts
