#include "engine/xgboost_library.hpp"

#include "mf/shared_library.hpp"

namespace mf::engine {

XgboostFunctions load_xgboost(const char* library) {
  const SharedLibrary loaded(library, "XGBoost", Code::ENGINE_UNAVAILABLE);
  XgboostFunctions functions;
#define XGBOOST_FUNCTION(name) loaded.find(#name, functions.name);
#include "engine/xgboost_functions.def"
#undef XGBOOST_FUNCTION
  return functions;
}

const XgboostFunctions& xgboost() {
  static const XgboostFunctions kFunctions = load_xgboost("libxgboost.so.0");
  return kFunctions;
}

}  // namespace mf::engine
