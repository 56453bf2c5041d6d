#pragma once
// A shared library that is loaded when it is first needed: most commands need none, and loading takes longer than they
// do.
//
// Room: the doorstep, open to every room.

#include <string>

#include "mf/error.hpp"

namespace mf {

/// A loaded library; it stays for as long as the process.
class SharedLibrary {
 public:
  /// Loads `file`, which `name` is the people's name of. Everything is bound at once, so that an installation with
  /// parts missing is refused here, instead of ending the process later. Throws `unavailable`.
  SharedLibrary(const char* file, std::string name, Code unavailable);

  /// Finds the function called `symbol`. Throws the `unavailable` of the constructor when the library lacks it.
  template <class Function>
  void find(const char* symbol, Function& function) const {
    function = reinterpret_cast<Function>(address_of(symbol));
  }

 private:
  [[nodiscard]] void* address_of(const char* symbol) const;
  [[noreturn]] void refuse() const;

  std::string name_;
  Code unavailable_;
  void* handle_;
};

}  // namespace mf
