#pragma once
// Which characters may stand in a YAML file as they are.

#include <string>
#include <string_view>

namespace mf::contracts {

/// Refuses control characters (but tab, LF and CRLF), U+FFFE and U+FFFF, which YAML does not have, and U+2028 and
/// U+2029, which end a line in YAML 1.1 only. `bytes` are UTF-8. Throws DOCUMENT_INVALID with line and column.
void require_yaml_characters(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
