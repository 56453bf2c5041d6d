#include "store/curl_library.hpp"

#include <gtest/gtest.h>

#include "mf/error.hpp"
#include "support/failures.hpp"

namespace mf::store {
namespace {

TEST(CurlLibrary, IsRefusedWhenItIsNotThere) {
  EXPECT_CODE(load_curl("libcurl-of-nowhere.so.4"), Code::HTTP_CLIENT_UNAVAILABLE);
}

TEST(CurlLibrary, IsRefusedWhenItLacksAFunction) { EXPECT_CODE(load_curl("libc.so.6"), Code::HTTP_CLIENT_UNAVAILABLE); }

TEST(CurlLibrary, IsLoadedOnce) { EXPECT_EQ(&curl(), &curl()); }

}  // namespace
}  // namespace mf::store
