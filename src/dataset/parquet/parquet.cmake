# libmf_parquet.so, the only thing that is linked with Apache Arrow: out of the system's packages, else out of pyarrow's
# wheel. Without either it is not built, and `mf` refuses Parquet files with FORMAT_UNSUPPORTED.

find_package(Parquet QUIET)
if(TARGET Parquet::parquet_shared)
  set(arrow_libraries Parquet::parquet_shared)
  message(STATUS "Parquet: Apache Arrow ${ARROW_VERSION} of the system")
elseif(MF_PYARROW)
  # The wheel has no names without version.
  file(GLOB arrow_libraries ${MF_PYARROW}/libparquet.so.* ${MF_PYARROW}/libarrow.so.*)
  message(STATUS "Parquet: Apache Arrow in ${MF_PYARROW}")
else()
  message(STATUS "Parquet: no Apache Arrow; Parquet files will be refused")
  return()
endif()

add_library(mf_parquet SHARED ${CMAKE_CURRENT_LIST_DIR}/parquet_shim.cpp)
target_link_libraries(mf_parquet PRIVATE mf_settings ${arrow_libraries})
target_include_directories(mf_parquet PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
if(MF_PYARROW)
  target_include_directories(mf_parquet SYSTEM PRIVATE ${MF_PYARROW}/include)
endif()
add_dependencies(mf_dataset mf_parquet)  # whoever reads rows has it
