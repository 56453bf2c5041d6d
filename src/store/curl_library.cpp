#include "store/curl_library.hpp"

#include "mf/shared_library.hpp"

namespace mf::store {

CurlFunctions load_curl(const char* library) {
  const SharedLibrary loaded(library, "libcurl", Code::HTTP_CLIENT_UNAVAILABLE);
  CurlFunctions functions;
#define CURL_FUNCTION(name) loaded.find(#name, functions.name);
#include "store/curl_functions.def"
#undef CURL_FUNCTION
  return functions;
}

const CurlFunctions& curl() {
  static const CurlFunctions kFunctions = load_curl("libcurl.so.4");
  return kFunctions;
}

}  // namespace mf::store
