#pragma once
// Characters of UTF-8 texts: whether they are well formed, and which of them a reader cannot see.
//
// Room: identity.  Texts are compared byte by byte; nothing is normalised, so two spellings of a word are two names.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mf::identity {

/// The bytes of the character that starts `text`, which must not be empty; 0 where none starts that is well formed by
/// RFC 3629 (no overlong form, no surrogate, nothing above U+10FFFF).
std::size_t character_length(std::string_view text);

/// Whether `character` controls instead of showing: C0, DEL, C1, and the marks that turn the direction of text
/// (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069), by which a name can look like another one.
bool is_hidden(std::string_view character);

/// The first hidden character of `text`, as in U+202E; nothing when there is none. Bytes that are no UTF-8 are skipped.
std::optional<std::string> hidden_character(std::string_view text);

}  // namespace mf::identity
