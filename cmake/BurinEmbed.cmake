# burin_embed(OUT FILE...): for each DIR/NAME.tsv or DIR/NAME.json a source file that defines
#   namespace burin::internal::data { extern const std::string_view NAME; }
# so that the library carries its data tables and needs no file at run time. OUT names them all.
function(burin_embed out)
  set(sources "")
  foreach(table IN LISTS ARGN)
    get_filename_component(name "${table}" NAME_WE)
    get_filename_component(file "${table}" NAME)
    set(source "${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cc")
    if(source IN_LIST sources)
      message(FATAL_ERROR "two data tables are called ${name}")
    endif()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${table}")
    # Every byte as an escape: no byte of a table can be taken for syntax, of CMake or of C++.
    file(READ "${table}" bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
    string(REPLACE "\\x0a" "\\x0a\"\n    \"" bytes "${bytes}")
    file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT
"// Made from ${file} by cmake/BurinEmbed.cmake.
#include <string_view>

namespace burin::internal::data {
namespace {
constexpr char kBytes[] =
    \"@bytes@\";
}  // namespace
extern const std::string_view ${name};
constinit const std::string_view ${name}(kBytes, sizeof(kBytes) - 1);
}  // namespace burin::internal::data
")
    list(APPEND sources "${source}")
  endforeach()
  set(${out} "${sources}" PARENT_SCOPE)
endfunction()
