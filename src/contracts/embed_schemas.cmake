# Writes a source file that holds every schemas/*.schema.json as a constant, and adds it to the contracts room.
file(GLOB schema_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/schemas/*.schema.json)
set(rows "")
foreach(schema_file IN LISTS schema_files)
  get_filename_component(name ${schema_file} NAME)
  string(REPLACE ".schema.json" "" stem ${name})
  file(READ ${schema_file} text)
  string(APPEND rows "    {\"${stem}\", R\"schema(${text})schema\"},\n")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema_file})
endforeach()
set(source ${CMAKE_BINARY_DIR}/generated/embedded_schemas.cpp)
file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[// Made from schemas/*.schema.json by embed_schemas.cmake.
#include "contracts/embedded_schemas.hpp"

#include <string>

#include "mf/error.hpp"

namespace mf::contracts {
namespace {

struct Row {
  std::string_view stem, text;
};

constexpr Row kRows[] = {
@rows@};

}  // namespace

std::string_view embedded_schema(std::string_view stem) {
  for (const auto& row : kRows)
    if (row.stem == stem) return row.text;
  throw Error(Code::INTERNAL, "the schema " + std::string(stem) + " is not part of the program");
}

}  // namespace mf::contracts
]])
target_sources(mf_contracts PRIVATE ${source})
