#include "engine/array_interface.hpp"

#include <cstdint>

namespace mf::engine {

std::string array_interface(std::span<const float> values, std::size_t rows, std::size_t columns) {
  return R"({"data": [)" + std::to_string(reinterpret_cast<std::uintptr_t>(values.data())) + R"(, true], "shape": [)" +
         std::to_string(rows) + ", " + std::to_string(columns) + R"(], "typestr": "<f4", "version": 3})";
}

}  // namespace mf::engine
