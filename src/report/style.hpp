#pragma once
// How a page looks: on a phone, on a screen, on paper.

namespace mf::report {

extern const char* const kStyle;

}  // namespace mf::report
