#include "engine/xgboost_library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "mf/error.hpp"

namespace mf::engine {
namespace {

using ::testing::HasSubstr;

Error refusal_of(const char* library) {
  try {
    load_xgboost(library);
  } catch (const Error& error) {
    return error;
  }
  return {Code::INTERNAL, "it was loaded"};
}

TEST(XgboostLibrary, IsRefusedWithThePackageToInstallWhenItIsNotThere) {
  const Error error = refusal_of("libxgboost-of-nowhere.so.0");
  EXPECT_EQ(error.code(), Code::ENGINE_UNAVAILABLE);
  EXPECT_THAT(error.message(), HasSubstr("libxgboost-of-nowhere.so.0"));
  EXPECT_THAT(error.hint(), HasSubstr("libxgboost0"));
}

TEST(XgboostLibrary, IsRefusedWithTheFunctionThatItLacks) {
  const Error error = refusal_of("libc.so.6");
  EXPECT_EQ(error.code(), Code::ENGINE_UNAVAILABLE);
  EXPECT_THAT(error.message(), HasSubstr("XGBGetLastError"));
}

TEST(XgboostLibrary, IsLoadedOnce) { EXPECT_EQ(&xgboost(), &xgboost()); }

}  // namespace
}  // namespace mf::engine
