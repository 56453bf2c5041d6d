#include "report/duktape_library.hpp"

#include "mf/shared_library.hpp"

namespace mf::report {

DuktapeFunctions load_duktape(const char* library) {
  const SharedLibrary loaded(library, "Duktape", Code::ENGINE_UNAVAILABLE);
  DuktapeFunctions functions;
#define DUKTAPE_FUNCTION(name) loaded.find(#name, functions.name);
#include "report/duktape_functions.def"
#undef DUKTAPE_FUNCTION
  return functions;
}

const DuktapeFunctions& duktape() {
  static const DuktapeFunctions kFunctions = load_duktape("libduktape.so.207");
  return kFunctions;
}

}  // namespace mf::report
