#pragma once
// What a field's text may hold, and how messages speak of it.

#include <string>
#include <string_view>

namespace mf::dataset {

/// Whether `text` is UTF-8 without NUL.
bool is_clean_text(std::string_view text);

/// At most `limit` characters of `text` on one line: what is not printable ASCII becomes `?`, a cut ends in `...`.
std::string printable(std::string_view text, std::size_t limit = 24);

enum class Show { text, length_only };

/// The shape of `text` for a message: `text of 5 characters 'abc12'`, or only its length when its value is not for
/// logs.
std::string shape_of(std::string_view text, Show show);

}  // namespace mf::dataset
