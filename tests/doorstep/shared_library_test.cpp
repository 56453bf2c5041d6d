#include "mf/shared_library.hpp"

#include <gtest/gtest.h>

#include "support/failures.hpp"

namespace mf {
namespace {

TEST(SharedLibrary, IsRefusedUnderTheCodeOfItsUser) {
  EXPECT_CODE(SharedLibrary("lib-of-nowhere.so.0", "Nowhere", Code::ENGINE_UNAVAILABLE), Code::ENGINE_UNAVAILABLE);
  EXPECT_CODE(SharedLibrary("lib-of-nowhere.so.0", "Nowhere", Code::HTTP_CLIENT_UNAVAILABLE),
              Code::HTTP_CLIENT_UNAVAILABLE);
}

TEST(SharedLibrary, FindsWhatItHasAndRefusesWhatItLacks) {
  const SharedLibrary library("libc.so.6", "the C library", Code::ENGINE_UNAVAILABLE);
  int (*absolute)(int) = nullptr;
  library.find("abs", absolute);
  EXPECT_EQ(absolute(-3), 3);
  EXPECT_CODE(library.find("no_such_function", absolute), Code::ENGINE_UNAVAILABLE);
}

}  // namespace
}  // namespace mf
