#include "contracts/field_fault.hpp"

namespace mf::contracts {

void refuse_field(Code code, const std::string& where, const std::string& pointer, const std::string& why) {
  throw Error(code, where + ": " + pointer + " " + why, {{"document", where}, {"pointer", pointer}});
}

}  // namespace mf::contracts
