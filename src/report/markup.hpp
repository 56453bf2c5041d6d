#pragma once
// Text that others wrote, made safe to stand in a page.

#include <string>
#include <string_view>

namespace mf::report {

/// For HTML, as text and as the value of a quoted attribute.
std::string escaped(std::string_view text);

/// For Markdown, in one line of a paragraph or a table's cell: nothing in it marks anything up.
std::string escaped_for_markdown(std::string_view text);

}  // namespace mf::report
