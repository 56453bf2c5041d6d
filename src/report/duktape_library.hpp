#pragma once
// Duktape's shared library, an engine for JavaScript. It is loaded when the first chart is drawn.

#include <duktape.h>

namespace mf::report {

/// The functions of the C API, each under its own name.
struct DuktapeFunctions {
// The name is declared here, and a declared name takes no parentheses.
#define DUKTAPE_FUNCTION(name) decltype(&::name) name = nullptr;  // NOLINT(bugprone-macro-parentheses)
#include "report/duktape_functions.def"
#undef DUKTAPE_FUNCTION
};

/// Loads `library`, which then stays for as long as the process. Throws ENGINE_UNAVAILABLE when it is not there, or
/// lacks a function.
DuktapeFunctions load_duktape(const char* library);

/// The Duktape in use, loaded by the first call. Throws what load_duktape throws.
const DuktapeFunctions& duktape();

}  // namespace mf::report
