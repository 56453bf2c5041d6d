#pragma once
// The text of an index: what was read of many logs, kept in a cache, and taken again only if it is as it was written.
//
// Room: ledger.  Pure.

#include <optional>
#include <string>
#include <string_view>

namespace mf::ledger {

/// `body` below a heading that names `format` and holds its digest.
std::string index_text(std::string_view format, std::string_view body);

/// The body of `text`, which it is a part of; nothing unless index_text made all of it for this `format`.
std::optional<std::string_view> index_body(std::string_view format, std::string_view text);

/// Takes what stands before `end` off the front of `text`; nothing when there is no `end`.
std::optional<std::string_view> take(std::string_view& text, char end);

}  // namespace mf::ledger
