#include "mf/shared_library.hpp"

#include <dlfcn.h>

#include <utility>

namespace mf {

SharedLibrary::SharedLibrary(const char* file, std::string name, Code unavailable)
    : name_(std::move(name)), unavailable_(unavailable), handle_(::dlopen(file, RTLD_NOW | RTLD_LOCAL)) {
  if (handle_ == nullptr) refuse();
}

void* SharedLibrary::address_of(const char* symbol) const {
  void* address = ::dlsym(handle_, symbol);
  if (address == nullptr) refuse();
  return address;
}

void SharedLibrary::refuse() const { throw Error(unavailable_, name_ + " cannot be loaded: " + ::dlerror()); }

}  // namespace mf
