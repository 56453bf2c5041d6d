#pragma once
// XGBoost's shared library. It is loaded when it is first needed, since that takes longer than most commands do.

#include <xgboost/c_api.h>

namespace mf::engine {

/// The functions of the C API, each under its own name.
struct XgboostFunctions {
// The name is declared here, and a declared name takes no parentheses.
#define XGBOOST_FUNCTION(name) decltype(&::name) name = nullptr;  // NOLINT(bugprone-macro-parentheses)
#include "engine/xgboost_functions.def"
#undef XGBOOST_FUNCTION
};

/// Loads `library`, which then stays for as long as the process. Throws ENGINE_UNAVAILABLE when it is not there, or
/// lacks a function.
XgboostFunctions load_xgboost(const char* library);

/// The XGBoost in use, loaded by the first call. Throws what load_xgboost throws; then the next call tries again.
const XgboostFunctions& xgboost();

}  // namespace mf::engine
