# Makes Apache ECharts a constant of the program, so that it works from anywhere. MF_ECHARTS is dist/echarts.common.min.js
# of the npm package, which ./dev fetches; without it the program draws no charts, and its pages say so.
set(MF_ECHARTS "" CACHE FILEPATH "echarts.common.min.js of the npm package echarts; empty: charts are left out")
set(source ${CMAKE_BINARY_DIR}/generated/echarts.cpp)
if(MF_ECHARTS)
  set(include_bytes ".incbin \\\"${MF_ECHARTS}\\\"")
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${MF_ECHARTS})
else()
  set(include_bytes "")
endif()
file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[// Made by echarts.cmake.
#include "report/echarts.hpp"

// The assembler takes the bytes as they are; a compiler would first read them as C++.
__asm__(
    ".pushsection .rodata\n"
    "mf_echarts_begin: @include_bytes@\n"
    "mf_echarts_end: .byte 0\n"
    ".popsection\n");
extern "C" const char mf_echarts_begin[], mf_echarts_end[];

namespace mf::report {

std::string_view echarts_source() { return {mf_echarts_begin, mf_echarts_end}; }

}  // namespace mf::report
]])
target_sources(mf_report PRIVATE ${source})
