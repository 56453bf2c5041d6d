#pragma once
// libcurl. It is loaded by the first request, since it brings thirty libraries along, and only stores in buckets need
// it.

// Its type checks are macros in the place of the functions.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#undef curl_easy_getinfo
#undef curl_easy_setopt

namespace mf::store {

/// The functions of its easy interface, each under its own name.
struct CurlFunctions {
// The name is declared here, and a declared name takes no parentheses.
#define CURL_FUNCTION(name) decltype(&::name) name = nullptr;  // NOLINT(bugprone-macro-parentheses)
#include "store/curl_functions.def"
#undef CURL_FUNCTION
};

/// Loads `library`, which then stays for as long as the process. Throws HTTP_CLIENT_UNAVAILABLE when it is not there,
/// or lacks a function.
CurlFunctions load_curl(const char* library);

/// The libcurl in use, loaded by the first call. Throws what load_curl throws; then the next call tries again.
const CurlFunctions& curl();

}  // namespace mf::store
