#include "engine/xgboost_library.hpp"

#include <dlfcn.h>

#include <string>

#include "mf/error.hpp"

namespace mf::engine {
namespace {

constexpr const char* kLibrary = "libxgboost.so.0";

[[noreturn]] void refuse() {
  throw Error(Code::ENGINE_UNAVAILABLE, std::string("XGBoost cannot be loaded: ") + ::dlerror(), {},
              "Install Debian's package libxgboost0; `mf doctor` tells whether it is found.");
}

// Everything is bound at once: an installation with parts missing is refused here, instead of ending the process later.
void* opened(const char* library) {
  void* handle = ::dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) refuse();
  return handle;
}

template <class Function>
void find(void* library, const char* name, Function& function) {
  void* address = ::dlsym(library, name);
  if (address == nullptr) refuse();
  function = reinterpret_cast<Function>(address);
}

}  // namespace

XgboostFunctions load_xgboost(const char* library) {
  void* handle = opened(library);
  XgboostFunctions functions;
#define XGBOOST_FUNCTION(name) find(handle, #name, functions.name);
#include "engine/xgboost_functions.def"
#undef XGBOOST_FUNCTION
  return functions;
}

const XgboostFunctions& xgboost() {
  static const XgboostFunctions kFunctions = load_xgboost(kLibrary);
  return kFunctions;
}

}  // namespace mf::engine
