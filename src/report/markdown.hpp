#pragma once
// A page as Markdown, for reviews that happen in text. Charts are told by their numbers.

#include <string>

#include "report/content.hpp"

namespace mf::report {

std::string markdown_of(const Page& page);

}  // namespace mf::report
