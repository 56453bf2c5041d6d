#pragma once
// A page as one HTML file: nothing is fetched, nothing runs, and everything is there for those who cannot see charts.

#include <string>

#include "report/artist.hpp"
#include "report/content.hpp"

namespace mf::report {

std::string html_of(const Page& page, Artist& artist);

}  // namespace mf::report
