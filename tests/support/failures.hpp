#pragma once
// How tests speak of failures.

#include <gtest/gtest.h>

#include <optional>

#include "mf/error.hpp"

namespace mf::testing {

/// The code that `act` fails with, or nothing when it succeeds.
template <class Act>
std::optional<Code> code_of(Act act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code();
  }
  return {};
}

}  // namespace mf::testing

/// Expects `statement` to throw mf::Error with `expected`.
#define EXPECT_CODE(statement, expected)                                           \
  do {                                                                             \
    try {                                                                          \
      statement;                                                                   \
      ADD_FAILURE() << "succeeded, expected " << ::mf::row_of(expected).name;      \
    } catch (const ::mf::Error& error) {                                           \
      EXPECT_EQ(error.row().name, ::mf::row_of(expected).name) << error.message(); \
    }                                                                              \
  } while (false)
